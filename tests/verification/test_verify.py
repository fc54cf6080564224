"""A bundle is checked with nothing but Python and NumPy; one byte that changed is found, and where."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from participatie.settings import ROOT
from participatie.spelregels.votes import BallotKind, Choices
from participatie.verification import (
    NotABundleError,
    WithdrawnRules,
    files_of,
    pack,
    unpack,
    verify,
)
from participatie.verification.contents import (
    ALLOCATION,
    ASIDE_BALLOTS,
    BALLOTS,
    MANIFEST,
    PAPER_BALLOTS,
    PAPER_RECEIPTS,
    READ_ME,
    RECEIPTS,
    ROUND,
    RULEBOOK,
    SEAL,
    written,
)
from participatie.verification.hashes import Groups, in_order
from tests.verification.made import (
    FULL,
    GROUPS,
    PACKAGE,
    RULES,
    a_package,
    receipts_of,
    said_of,
    some_facts,
    with_change,
    with_file,
    written_ballots,
)

ON_A_BARE_MACHINE = """
import sys
for name in ("sqlalchemy", "flask", "click", "socket", "sqlite3"):
    sys.modules[name] = None  # importing it fails
from participatie.verification.command import main
status = main(sys.argv[1:])
print(sorted(name for name in sys.modules if name.startswith(("participatie.models", "participatie.web"))))
sys.exit(status)
"""


def test_a_bundle_is_right_and_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    assert a_package() == PACKAGE
    file = tmp_path / "bundel.zip"
    file.write_bytes(PACKAGE)
    assert said_of(file, exit_code=0).startswith("KLOPT: plein. 12 stembiljetten")
    report = json.loads(said_of(file, "--json", exit_code=0))
    assert (report["ok"], report["ballots"], report["differences"]) == (True, 12, [])
    with ZipFile(file) as opened:
        assert opened.testzip() is None, "any other program opens it too"
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_bundle_is_checked_where_nothing_but_python_and_numpy_is(tmp_path: Path) -> None:
    file = tmp_path / "bundel.zip"
    file.write_bytes(PACKAGE)
    libraries = Path(np.__file__).parents[1]
    for part in libraries.glob("numpy*"):
        (tmp_path / part.name).symlink_to(part)
    alone = {"PYTHONPATH": str(tmp_path), "PATH": os.environ["PATH"]}
    bare = [sys.executable, "-S", "-c", ON_A_BARE_MACHINE, str(file)]
    ran = subprocess.run(bare, cwd=ROOT, env=alone, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("KLOPT")
    assert ran.stdout.endswith("[]\n"), "nothing of the database or the web came along"
    file.write_bytes(with_change(PACKAGE, BALLOTS, 20, hash_too=True))
    module = [sys.executable, "-S", "-m", "participatie.verification", str(file)]
    ran = subprocess.run(module, cwd=ROOT, env=alone, capture_output=True, text=True, check=False)  # noqa: S603
    assert ran.returncode == 1
    assert ran.stdout.startswith("KLOPT NIET")


@pytest.mark.parametrize("hash_too", [False, True])
def test_a_byte_that_changed_in_any_file_is_found_in_that_file(hash_too: bool) -> None:
    """Abuse case 40: also when whoever did it mends the hash of the file."""
    for package in (PACKAGE, FULL):
        for name, content in unpack(package).items():
            for place in sorted({0, *range(0, len(content), len(content) // 5 + 1), len(content) - 1}):
                report = verify(with_change(package, name, place, hash_too=hash_too))
                accused = {difference.file for difference in report.differences}
                # What only the list says (the area, its form) shows where another file says otherwise.
                assert name in accused, f"{name}, byte {place}: {accused}"


def test_a_byte_that_changed_anywhere_in_the_package_is_found() -> None:
    for place in range(0, len(PACKAGE), 83):
        changed = bytearray(PACKAGE)
        changed[place] ^= 1
        try:
            report = verify(bytes(changed))
        except NotABundleError:
            continue
        assert not report.is_right, f"byte {place}"


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "expected"),
    [
        (BALLOTS, b'6,"[1]"', b'7,"[1]"', 4, '6,"[1]"'),
        (BALLOTS, b'"[2,3]"', b'"[2]"', 5, '1,"[2,3]"'),
        (ROUND, b"Schoolplein", b"Schoolplien", 20, "Schoolplein"),
        (READ_ME, b"SHA-256", b"SHA-257", 17, "SHA-256"),
        (RULEBOOK, b'"cost_cents":850000', b'"cost_cents":850001', 1, "850000"),
        (RULEBOOK, b"Moestuin", b"Moestuim", 1, "Moestuin"),
        (MANIFEST, b'"round": "plein"', b'"round": "plain"', None, "plein"),
    ],
)
@pytest.mark.parametrize("hash_too", [False, True])
def test_it_tells_the_file_the_line_and_what_was_expected(
    name: str, old: bytes, new: bytes, line: int | None, expected: str | None, hash_too: bool
) -> None:
    content = unpack(PACKAGE)[name]
    assert old in content
    report = verify(with_file(PACKAGE, name, content.replace(old, new, 1), hash_too=hash_too))
    first = report.differences[0]
    assert (first.file, first.line) == (name, line), report.as_text()
    assert expected in (first.expected or "")


def test_it_names_the_first_plan_that_comes_out_otherwise() -> None:
    content = unpack(PACKAGE)[ALLOCATION].replace(b'"votes": 11', b'"votes": 10', 1)
    first = verify(with_file(PACKAGE, ALLOCATION, content)).differences[0]
    assert "p1" in first.what
    assert "Bankjes" in first.what
    assert (first.found, first.expected) == ("10", "11")


def test_a_number_of_ballots_that_is_changed_everywhere_breaks_the_outcome_and_the_seal() -> None:
    """Abuse case 40: also for whoever can write every hash anew, as long as the trace and the seal stand."""
    facts = some_facts()
    forged = replace(facts, groups=[(choices, count + (choices == "[1]")) for choices, count in GROUPS])
    said = verify(pack(files_of(replace(forged, receipts=[*facts.receipts, "Z" * 16])))).as_text()
    assert "p1" in said
    assert "niet die welke bij het sluiten zijn verzegeld" in said


def test_files_that_are_missing_or_too_many_are_named() -> None:
    files = unpack(PACKAGE)
    without = verify(pack({name: content for name, content in files.items() if name != RECEIPTS}))
    assert "receipts.txt: dit bestand ontbreekt" in without.as_text()
    more = verify(pack({**files, "more.txt": b"x"}))
    assert "more.txt: dit bestand hoort er niet bij" in more.as_text()


def test_ballots_that_the_rulebook_forbids_are_named() -> None:
    said = verify(a_package(GROUPS, max_choices=2)).as_text()
    assert "ballots.csv, regel 2: dit stembiljet mag niet van het reglement (too-many-choices)" in said
    # Those of an open data file count as they stand in it.
    assert verify(a_package(GROUPS, max_choices=2, rules={"name": "pabulib"})).is_right


def test_a_ballot_that_cannot_be_counted_accuses_no_other_file_of_its_form() -> None:
    content = unpack(PACKAGE)[BALLOTS].replace(b'"[2,3]"', b'"[2,9]"')
    report = verify(with_file(PACKAGE, BALLOTS, content))
    assert "een andere vorm" not in report.as_text()
    assert "de stemmen zijn niet opnieuw geteld: eerst moet ballots.csv kloppen." in report.as_text()


def test_a_receipt_too_many_is_told() -> None:
    content = unpack(PACKAGE)[RECEIPTS] + b"ZZZZZZZZZZZZZZZZ\n"
    assert "niet evenveel bewijzen" in verify(with_file(PACKAGE, RECEIPTS, content)).as_text()


def test_a_few_ballots_on_paper_are_never_told_apart() -> None:
    """Of fewer than ten the salt stays out too: with it, anybody could try which of the ballots were those."""
    online = in_order([("[1,2,3]", 2), ("[1]", 6), ("[2,3]", 1)])  # the three of [1,3] came on paper
    facts = replace(
        some_facts(GROUPS, online=online), paper_groups=[("[1,3]", 3)], paper_receipts=receipts_of([("", 3)], first=9)
    )
    files = files_of(facts)
    assert PAPER_BALLOTS not in files
    assert json.loads(files[SEAL])["salt"] is None
    report = verify(pack(files))
    assert report.is_right, report.as_text()
    assert "minder dan 10" in report.as_text()
    # The receipts say nothing of choices, so their seal is checked.
    content = files[PAPER_RECEIPTS].replace(b"11", b"99")
    assert not verify(with_file(pack(files), PAPER_RECEIPTS, content)).is_right
    told = json.loads(files[SEAL]) | {"salt": "zout"}
    assert "een paar mensen" in verify(with_file(pack(files), SEAL, written(told).encode())).as_text()


def test_ten_ballots_on_paper_and_ten_set_aside_are_told_and_checked() -> None:
    files = unpack(FULL)
    assert {PAPER_BALLOTS, ASIDE_BALLOTS} <= files.keys()
    report = verify(FULL)
    assert report.is_right, report.as_text()
    assert "11 stembiljetten tellen niet mee. Waarom: Een doos brieven was weg." in report.as_text()
    content = files[ASIDE_BALLOTS].replace(b"[2]", b"[3]")
    assert "verzegeld" in verify(with_file(FULL, ASIDE_BALLOTS, content)).as_text()


def test_a_vote_that_was_done_over_brings_its_withdrawn_rulebook() -> None:
    withdrawn = replace(RULES, title="Met een fout").canonical_json()
    facts = some_facts(GROUPS, opening=2)
    seal = replace(facts.seal, opening=2)
    facts = replace(facts, seal=seal, withdrawn=[WithdrawnRules(1, withdrawn, 7, "Er stond een verkeerd bedrag.")])
    package = pack(files_of(facts))
    assert verify(package).is_right, verify(package).as_text()
    assert b"Met een fout" in unpack(package)["withdrawn-rulebook-1.json"]
    assert not verify(pack(files_of(replace(facts, withdrawn=[])))).is_right, "one that is kept back is missed"


@pytest.mark.parametrize(
    ("kind", "cast", "rules"),
    [
        (BallotKind.KNAPSACK, [[1], [2, 3], [3], [3]], {"max_sum_cents": 6_000_000}),
        (BallotKind.CHOOSE_ONE, [[1], [2], [3], [3]], {"max_choices": 1}),
        (BallotKind.POINTS, [[(1, 3), (2, 2)], [(3, 5)], [(1, 1)]], {"points_total": 5}),
        (BallotKind.RANKING, [[3, 1, 2], [2, 1], [3]], {}),
        (BallotKind.APPROVAL, [], {}),
        (BallotKind.APPROVAL, [[1], [2], [3]], {"rule": "equal-shares-add1", "leftover": "part"}),
        (BallotKind.CHOOSE_ONE, [[1], [2], [2]], {"rule": "most-votes", "pot_cents": 0, "seats": 1}),
        (BallotKind.APPROVAL, [[1, 3], [3]], {"category_caps_cents": {"groen": 900_000, "spelen": 1}}),
    ],
)
def test_every_kind_of_ballot_and_rule_is_counted_again(
    kind: BallotKind, cast: list[Choices], rules: dict[str, object]
) -> None:
    groups: Groups = written_ballots(cast, keep_order=kind is BallotKind.RANKING)
    package = a_package(groups, ballot_kind=kind, **rules)
    assert verify(package).is_right, verify(package).as_text()
    if groups:
        report = verify(with_change(package, BALLOTS, len("count,choices\n"), hash_too=True))
        assert report.differences[0].file == BALLOTS
