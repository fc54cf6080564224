"""The bundle of a lot is checked offline; every way to tamper with it has a message of its own."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import run

import pytest

from participatie.lottery import Address, invite, next_reserve, panel_index, prepare, reserves, seed_from
from participatie.spelregels.buurtpanels.leaves import leaf_in, leaf_of, proof_of
from participatie.spelregels.buurtpanels.lots import LotKind, NumberSource
from participatie.verification import unpack
from participatie.verification.command import NO_BUNDLE, RIGHT, WRONG, check
from participatie.verification.lots.checking import verify_lot
from participatie.verification.lots.choosing import in_reserve_order, index_of, invited, seed_of
from participatie.verification.lots.contents import (
    ADDRESSES,
    DOCUMENT,
    LEAVES,
    OUTCOME,
    PANELS,
    QUOTAS,
    READ_ME,
    LotOutcome,
    LotTerms,
    SeatChange,
    addresses_text,
    document_text,
    hash_of,
    leaves_text,
    lot_files,
    sealed_text,
)
from participatie.verification.lots.engine_input import pool_from, quotas_from
from participatie.verification.packing import pack

DUE = datetime(2026, 5, 5, 18, 0, tzinfo=UTC)
NUMBER = hash_of("a round of drand")
QUOTA_ROWS = [("leeftijd", "jong", 1, 3), ("leeftijd", "oud", 1, 3)]
FEW = 20
#: Eight people; the first two share a household.
PEOPLE = [
    (hash_of(f"salt {place}")[:32], {"leeftijd": "jong" if place % 2 else "oud"}, "Lindelaan 3" if place < 2 else None)
    for place in range(8)
]
TERMS = LotTerms(
    LotKind.SELECTION, "panel-noord", 1, "0" * 64, 4, NumberSource.DRAND, "drand quicknet", DUE, "test 1", QUOTA_ROWS
)
LEAVES_TEXT = leaves_text(leaf_of(*person) for person in PEOPLE)
SEALED = sealed_text(PEOPLE)
POOL = pool_from((leaf_of(*person), person[1], person[2]) for person in PEOPLE)
PORTFOLIO = prepare(POOL, quotas_from(QUOTA_ROWS, 4), 4, panels=FEW)
BOUND = document_text(TERMS, LEAVES_TEXT, PORTFOLIO.as_text(), SEALED, DUE - timedelta(hours=1))


def outcome(number: str = NUMBER, document: str = BOUND) -> LotOutcome:
    """What a number gives, by the engine."""
    seed = seed_from(hash_of(document), number)
    index = panel_index(seed, FEW)
    panel = PORTFOLIO.panels[index]
    order = reserves(seed, POOL, panel)
    homes = {POOL.homes[place] for place in panel}
    return LotOutcome(
        number=number,
        entered_at=DUE + timedelta(minutes=5),
        seed=seed,
        members=[POOL.people[place].id for place in panel],
        panel=index,
        reserves=[POOL.people[place].id for place in order],
        last=sum(POOL.homes[place] in homes for place in order),
        lowest=min(PORTFOLIO.counts),
        highest=max(PORTFOLIO.counts),
    )


def files(told: LotOutcome | None = None, document: str = BOUND, leaves: str = LEAVES_TEXT) -> dict[str, bytes]:
    return lot_files(document, leaves, PORTFOLIO.as_text(), told or outcome())


def said(changed: dict[str, bytes]) -> list[str]:
    """Every difference that is found, as one text each."""
    return [str(each) for each in verify_lot(pack(changed)).differences]


def with_outcome(change: Callable[[dict[str, object]], object]) -> dict[str, bytes]:
    """The bundle with something else in its outcome."""
    told = json.loads(files()[OUTCOME])
    change(told)
    return files() | {OUTCOME: (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()}


def with_document(**others: object) -> dict[str, bytes]:
    """The bundle of a lot that was bound otherwise, and is right in all else."""
    document = json.dumps(json.loads(BOUND) | others, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return files(outcome(document=document), document)


def swapped(text: bytes) -> bytes:
    """The first two lines the other way round, at the end a panel that was not there."""
    lines = text.decode().split("\n")
    return "\n".join([*lines[:2], *reversed(lines[2:-1]), ""]).encode()


def test_a_bundle_is_right_before_and_after_its_number() -> None:
    report = verify_lot(pack(files()))
    assert report.is_right, report.as_text()
    assert (report.people, report.is_drawn, report.hashes["commitment"]) == (8, True, hash_of(BOUND))
    waiting = verify_lot(pack(lot_files(BOUND, LEAVES_TEXT, PORTFOLIO.as_text(), None)))
    assert (waiting.is_right, waiting.is_drawn) == (True, False)


def test_two_programs_that_were_written_apart_choose_the_same() -> None:
    seed = seed_from(hash_of(BOUND), NUMBER)
    assert seed == seed_of(hash_of(BOUND), NUMBER)
    assert [index_of(hash_of(str(n)), 1000) for n in range(50)] == [
        panel_index(hash_of(str(n)), 1000) for n in range(50)
    ]
    ids = [person.id for person in POOL.people]
    alone = replace(POOL, people=tuple(replace(person, household=None) for person in POOL.people))
    assert in_reserve_order(seed, ids) == [ids[place] for place in reserves(seed, alone, ())]
    addresses = [(hash_of(f"address {n}"), f"Buurt {n % 7 % 4}") for n in range(60)]
    for weights in ({}, {"Buurt 0": 3}, {"Buurt 1": 0, "Buurt 2": 50}):
        ours = invited(addresses, 23, seed, weights)
        assert ours == list(invite([Address(*each) for each in addresses], 23, seed, weights))


@pytest.mark.parametrize(
    "changed, message",
    [
        (files() | {LEAVES: LEAVES_TEXT.replace(LEAVES_TEXT[0], "0" if LEAVES_TEXT[0] != "0" else "1", 1).encode()}, "de lijst is veranderd nadat zij was vastgelegd"),
        (files() | {PANELS: swapped(files()[PANELS])}, "de panels zijn veranderd nadat zij waren vastgelegd"),
        (files() | {QUOTAS: files()[QUOTAS].replace(b"1,3", b"0,4")}, "de quota zijn anders dan vastligt"),
        (files() | {DOCUMENT: BOUND.replace("panel-noord", "panel-zuid").encode()}, "wat vastlag, is veranderd nadat het was vastgelegd"),
        (with_document(committed_at="2026-05-05T17:50:00.000000Z"), "er is te laat vastgelegd"),
        (with_document(drand_round=1), "deze ronde van drand hoort niet bij het moment"),
        (with_outcome(lambda told: told.update(number=hash_of("another round"))), "het getal is veranderd"),
        (with_outcome(lambda told: told.update(number="12")), "zo ziet een getal van drand er niet uit"),
        (with_outcome(lambda told: told.update(entered_at="2026-05-05T17:59:59.000000Z")), "voor het moment waarop het er kon zijn"),
        (with_outcome(lambda told: told.update(seed="0" * 64)), "het zaad is veranderd"),
        (with_outcome(lambda told: told.update(panel=told["panel"] - 1)), "niet het nummer van het panel"),
        (with_outcome(lambda told: told.update(members=told["members"][1:] + told["reserves"][:1])), "dit zijn niet de leden"),
        (with_outcome(lambda told: told["reserves"].reverse()), "de reserves staan niet in de volgorde"),
        (with_outcome(lambda told: told.update(reserves=told["reserves"][1:])), "niet de lijst waaruit is geloot"),
        (with_outcome(lambda told: told.update(lowest_chance=told["lowest_chance"] + 1)), "de laagste kans is anders"),
        (with_outcome(lambda told: told.update(highest_chance=FEW)), "de hoogste kans is anders"),
        (files() | {READ_ME: b"Vertrouw ons."}, "de uitleg is veranderd"),
        (files() | {"namen.csv": b"Jan"}, "dit bestand hoort er niet bij"),
        ({name: text for name, text in files().items() if name != PANELS}, "dit bestand ontbreekt"),
    ],
)  # fmt: skip
def test_each_way_to_tamper_has_its_own_message(changed: dict[str, bytes], message: str) -> None:
    """Abuse case 60: a changed pool, a late number, another number, seed or panel fails."""
    found = said(changed)
    assert any(message in each for each in found), found


def test_a_replacement_comes_from_the_reserves() -> None:
    told = outcome()
    left = SeatChange(told.members[0], "verhuisd", DUE + timedelta(days=1))
    stranger = replace(left, joined=told.members[1], replaced_at=DUE + timedelta(days=2))
    assert any("wie erbij kwam, was geen reserve" in each for each in said(files(replace(told, changes=[stranger]))))
    never_there = replace(left, left=told.reserves[0])
    assert any("wie wegging, had geen plaats" in each for each in said(files(replace(told, changes=[never_there]))))
    assert not said(files(replace(told, changes=[left])))


def test_a_replacement_out_of_order_is_found_with_the_sealed_list(tmp_path: Path) -> None:
    told = outcome()
    quotas, sitting = quotas_from(QUOTA_ROWS, 4), list(told.members[1:])
    expected = next_reserve(POOL, quotas, sitting, 1, list(told.reserves)).id
    left = SeatChange(told.members[0], "verhuisd", DUE + timedelta(days=1), replaced_at=DUE + timedelta(days=2))
    for joined in told.reserves:
        file = tmp_path / "loting.zip"
        file.write_bytes(pack(files(replace(told, changes=[replace(left, joined=joined)]))))
        assert check(file, as_json=False)[0] == RIGHT, "in public a reserve is a reserve"
        status, text = check(file, as_json=False, pool=sealed_as(tmp_path, SEALED))
        assert status == (RIGHT if joined == expected else WRONG)
        assert ("een vervanging is niet in de volgorde van de loting" in text) == (joined != expected)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    file = tmp_path / "loting.zip"
    file.write_bytes(pack(files()))
    return file


def sealed_as(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "verzegeld.csv"
    file.write_text(text, newline="")
    return file


def test_the_sealed_list_replays_everything(bundle: Path, tmp_path: Path) -> None:
    status, text = check(bundle, as_json=False, pool=sealed_as(tmp_path, SEALED))
    assert status == RIGHT, text
    assert "niet na te rekenen" not in text


@pytest.mark.parametrize(
    "text, message",
    [
        (SEALED.replace("jong", "oud", 1), "dit is niet de lijst die is verzegeld"),
        (SEALED.replace("jong", "oud", 1), "de vingerafdruk hoort niet bij deze kenmerken"),
        ("\n".join([*SEALED.split("\n")[:3], ""]), "hier staan andere mensen"),
        ("naam\nJan\n", "geen verzegelde lijst zoals dit programma"),
    ],
)
def test_another_list_than_the_sealed_one_is_found(bundle: Path, tmp_path: Path, text: str, message: str) -> None:
    status, told = check(bundle, as_json=False, pool=sealed_as(tmp_path, text))
    assert status == WRONG
    assert message in told


def test_panels_that_break_a_quota_or_a_household_are_found_with_the_sealed_list(tmp_path: Path) -> None:
    """Panels that were bound so are no change afterwards: only who sees the features finds them."""
    at = POOL.positions
    two_of_one = sorted(at[leaf_of(*PEOPLE[place])] for place in (0, 1, 2, 3))
    only_old = sorted(at[leaf_of(*PEOPLE[place])] for place in (0, 2, 4, 6))
    for panel, message in ((two_of_one, "twee mensen uit één huishouden"), (only_old, "voldoet niet aan de quota")):
        lines = PORTFOLIO.as_text().split("\n")
        text = "\n".join([*lines[:2], " ".join(map(str, panel)), *lines[3:]])
        document = document_text(TERMS, LEAVES_TEXT, text, SEALED, DUE - timedelta(hours=1))
        file = tmp_path / "loting.zip"
        file.write_bytes(pack(lot_files(document, LEAVES_TEXT, text, None)))
        status, told = check(file, as_json=False, pool=sealed_as(tmp_path, SEALED))
        assert status == WRONG
        assert message in told
        assert "maakt van deze lijst andere panels" in told


def test_a_proof_is_on_the_list_or_is_not(bundle: Path) -> None:
    told = outcome()
    counts = dict(zip([person.id for person in POOL.people], PORTFOLIO.counts, strict=True))
    for person in PEOPLE:
        proof = json.loads(check(bundle, as_json=True, proof=proof_of(*person))[1])["proof"]
        leaf = leaf_of(*person)
        assert proof["listed"] is True
        assert (proof["panels"], proof["drawn"]) == (counts[leaf], leaf in told.members)
        assert proof["reserve"] == (None if proof["drawn"] else told.reserves.index(leaf) + 1)
    assert "staat NIET op de lijst" in check(bundle, as_json=False, proof=proof_of("0" * 32, {}, None))[1]


def test_a_proof_may_be_broken_over_lines_and_nonsense_is_none() -> None:
    proof = proof_of("a" * 32, {"leeftijd": "tot 40", "woning": "huur"}, None)
    assert leaf_in(proof.replace(",", ",\n ")) == leaf_in(hash_of(proof)) == hash_of(proof)
    for nonsense in ("", "[]", "[1,{},null]", '["a",{"b":1},null]', "[" * 5000, '["\\ud800",{},null]'):
        assert leaf_in(nonsense) is None


def test_a_lot_of_addresses_is_checked_too() -> None:
    addresses = [(hash_of(f"address {n}"), f"Buurt {n % 3}") for n in range(30)]
    leaves, choice = leaves_text(leaf for leaf, _buurt in addresses), addresses_text(addresses)
    terms = replace(TERMS, kind=LotKind.INVITATION, seats=7, quotas=(), weights={"Buurt 1": 2})
    document = document_text(terms, leaves, choice, None, DUE - timedelta(hours=1))
    seed = seed_from(hash_of(document), NUMBER)
    chosen = invite([Address(*each) for each in addresses], 7, seed, {"Buurt 1": 2})
    told = LotOutcome(NUMBER, DUE, seed, chosen)
    made = lot_files(document, leaves, choice, told)
    assert ADDRESSES in made
    assert said(made) == []
    other = lot_files(document, leaves, choice, replace(told, members=chosen[1:]))
    assert any("niet de adressen die het getal aanwijst" in each for each in said(other))
    moved = made | {ADDRESSES: made[ADDRESSES].replace(b"Buurt 0", b"Buurt 1", 1)}
    assert any("de adressen per buurt zijn veranderd" in each for each in said(moved))


def test_a_bundle_holds_no_features_salts_or_households() -> None:
    everything = b"\n".join(unpack(pack(files())).values()).decode()
    told = [each[0] for each in PEOPLE] + ["Lindelaan"]
    assert not [text for text in told if text in everything]


def test_the_public_part_is_checked_where_there_is_no_engine(bundle: Path) -> None:
    bare = (
        "import sys\nfor name in ('highspy', 'sqlalchemy', 'flask'): sys.modules[name] = None\n"
        "from participatie.verification.command import main\nsys.exit(main(sys.argv[1:]))"
    )
    done = run([sys.executable, "-c", bare, str(bundle)], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout.startswith("KLOPT: panel-noord")) == (RIGHT, True), done.stderr


def test_what_belongs_to_a_lot_is_refused_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "uitslag.zip"
    file.write_bytes(pack({"manifest.json": b"{}"}))
    status, text = check(file, as_json=False, proof="x")
    assert status == NO_BUNDLE
    assert "hoort bij een loting" in text
