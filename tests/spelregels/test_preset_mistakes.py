"""A wrong preset is named with its file, its line and what was expected there."""

import re

import pytest

from participatie.settings import ROOT
from participatie.spelregels.presets import Mistake, read_bytes, read_preset, shipped, with_own
from participatie.spelregels.presets.contradictions import PAIRS
from tests.house_rules.sources import calls_in, text_in, tree_of

SOURCES = {
    file.stem: file.read_text(encoding="utf-8")
    for file in sorted((ROOT / "participatie" / "spelregels" / "presets").glob("*.toml"))
}
ZWOLLE = SOURCES["zwolle"]
BOTU = SOURCES["rotterdam-botu-2023"]
DELFT = SOURCES["delft"]


def mistakes_in(text: str, name: str = "eigen.toml") -> tuple[Mistake, ...]:
    """What is wrong with a text; at least one thing."""
    read = read_preset(text, name)
    assert isinstance(read, tuple), "it was read as a preset"
    assert read
    return read


def line_with(text: str, start: str, nth: int = 1) -> int:
    """The line that begins with this, counted from 1."""
    return [number for number, line in enumerate(text.split("\n"), 1) if line.startswith(start)][nth - 1]


def changed(text: str, start: str, new: str, nth: int = 1) -> str:
    """The text with one of its lines replaced."""
    lines = text.split("\n")
    lines[line_with(text, start, nth) - 1] = new
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "start", "new", "expected"),
    [
        # unknown names
        (ZWOLLE, "news_days", "snelheid = 60", "een van de namen: division, pot_euros"),
        (ZWOLLE, "answer_days", "answer_dags = 42", 'in [rules] de naam "answer_days"'),
        (ZWOLLE, '"draagvlak"', '"draagvlag" = "hard"', 'in [tests] de naam "draagvlak"'),
        (ZWOLLE, "weeks", "week = 6", 'in [[phases]] de naam "weeks"'),
        (BOTU, "members", "leden = 40", "in [panel] een van de namen: members"),
        (ZWOLLE, "[rules]", "[regels]", "een van de namen: preset, tests, rules, phases, panel"),
        # wrong types and words
        (ZWOLLE, "name", "name = 12", "bij name: tekst"),
        (ZWOLLE, "name", 'name = "  "', "bij name: tekst"),
        (ZWOLLE, "name", f'name = "{"a" * 101}"', "hoogstens 100 tekens"),
        (ZWOLLE, "kind", 'kind = "dromen"', 'bij kind: een van: "analyseren"'),
        (ZWOLLE, "level", "level = 2", 'bij level: een van: "meeweten"'),
        (ZWOLLE, '"draagvlak"', '"draagvlak" = true', 'bij draagvlak: een van: "hard", "zacht", "uit"'),
        (ZWOLLE, '"draagvlak"', '"draagvlak" = "Hard"', 'bij draagvlak: een van: "hard", "zacht", "uit"'),
        (ZWOLLE, "division", 'division = "loten"', 'bij division: een van: "stemmen"'),
        (ZWOLLE, "once_per_household", 'once_per_household = "nee"', "bij once_per_household: true (ja) of false (nee)"),
        (ZWOLLE, "support_needed", "support_needed = 10.0", "bij support_needed: een heel getal"),
        (ZWOLLE, "support_needed", "support_needed = true", "bij support_needed: een heel getal"),
        (ZWOLLE, "ballot_kind", 'ballot_kind = "allebei"', 'bij ballot_kind: een van: "approval"'),
        (ZWOLLE, "rule", 'rule = "gready"', 'bij rule: een van: "greedy"'),
        (ZWOLLE, "leftover", 'leftover = "rest"', 'bij leftover: een van: "none"'),
        (ZWOLLE, "ready_before", "ready_before = 2026-12-31", "bij ready_before: een maand en een dag"),
        (ZWOLLE, "ready_before", 'ready_before = "02-29"', "bij ready_before: een maand en een dag"),
        (ZWOLLE, "ready_before", 'ready_before = "31-12"', "bij ready_before: een maand en een dag"),
        (ZWOLLE, "starts_on", 'starts_on = "W01-1"', "bij starts_on: een maand en een dag"),
        (ZWOLLE, "payout", "payout = 40", "bij payout: delen in hele procenten"),
        (ZWOLLE, "payout", "payout = { doel = 50, later = 50 }", "bij payout: delen in hele procenten"),
        (ZWOLLE, "payout", "payout = { doel = 50.5, eindresultaat = 49.5 }", "bij payout: delen in hele procenten"),
        (BOTU, "recruited", 'recruited = ["vrienden"]', 'bij recruited: een of meer van: "loting"'),
        (BOTU, "recruited", "recruited = []", "bij recruited: een of meer van"),
        (BOTU, "scores", "scores = [1, 3, 5]", "bij scores: de laagste en de hoogste"),
        # out of range
        (ZWOLLE, "weeks", "weeks = 0", "bij weeks: een heel getal van 1 tot en met 260"),
        (ZWOLLE, "weeks", f"weeks = {10**30}", "bij weeks: een heel getal van 1 tot en met 260"),
        (ZWOLLE, "answer_days", "answer_days = 366", "bij answer_days: een heel getal van 1 tot en met 365"),
        (ZWOLLE, "dominance_percent", "dominance_percent = 100", "bij dominance_percent: een heel getal van 0 tot en met 99"),
        (ZWOLLE, "pot_euros", "pot_euros = -1", "bij pot_euros: een heel aantal euro's"),
        (ZWOLLE, "pot_euros", "pot_euros = 0", "bij pot_euros: een heel aantal euro's"),
        (BOTU, "members", "members = 1", "bij members: een heel getal van 2 tot en met 1000"),
        # no TOML
        (ZWOLLE, "place", "place = Zwolle", "een regel zoals naam = "),
        (ZWOLLE, "place", 'place = "Zwolle', "een regel zoals naam = "),
        (ZWOLLE, "place", "place", "een regel zoals naam = "),
        (ZWOLLE, "[tests]", "[tests", "een regel zoals naam = "),
        (ZWOLLE, "place", 'place = """Zwolle', "een regel zoals naam = "),
        (ZWOLLE, "place", f"place = {'[' * 9000}", "een regel zoals naam = "),
        (ZWOLLE, "place", f"place = {'9' * 5000}", "een regel zoals naam = "),
        (ZWOLLE, "place", 'name = "Nog een naam"', "elke naam één keer in hetzelfde deel"),
        (ZWOLLE, "[tests]", "[preset]", "elke naam één keer in hetzelfde deel"),
        # contradictions
        (BOTU, "plan_cap_euros", "plan_cap_euros = 300_001", "een plan_cap_euros die niet hoger is dan pot_euros"),
        (ZWOLLE, "division", 'division = "toekennen"', 'bij division = "stemmen" ook een fase "stemmen", en anders niet'),
        (BOTU, "division", 'division = "stemmen"', 'bij division = "stemmen" ook een fase "stemmen"'),
        (SOURCES["toronto"], "pot_euros", "pot_euros = 500", 'geen pot_euros bij division = "geen geld"'),
        (SOURCES["toronto"], "plan_cap_euros", "plan_cap_euros = 500", '"geen", want er is geen geld'),
        (SOURCES["toronto"], "payout", "payout = { eindresultaat = 100 }", '"geen", want er is geen geld'),
        (BOTU, "ballot_kind", 'ballot_kind = "approval"', 'een ballot_kind alleen bij division = "stemmen"'),
        (BOTU, "rule", 'rule = "greedy"', 'bij rule: "geen", want division is niet "stemmen"'),
        (BOTU, "leftover", 'leftover = "none"', 'bij leftover: "geen", want division is niet "stemmen"'),
        (SOURCES["arnhem"], "payout", "payout = { doel = 40, eindresultaat = 40 }", "een payout die samen honderd procent is"),
        (BOTU, "scores", "scores = [5, 5]", "een laagste score die lager is dan de hoogste"),
        (ZWOLLE, "support_needed", "support_needed = 0", 'bij support_needed: 1 of meer bij de toets "draagvlak"'),
        (BOTU, "support_needed", "support_needed = 5", 'bij support_needed: 0 zonder de toets "draagvlak"'),
        (SOURCES["almelo-wijkfonds"], "group_needed", "group_needed = 0", 'een group_needed van 1 of meer bij de toets "projectgroep"'),
        (ZWOLLE, "group_needed", "group_needed = 3", 'bij group_needed: 0 zonder de toets "projectgroep"'),
        (SOURCES["heerlen"], "ready_before", 'ready_before = "geen"', 'een ready_before bij de toets "klaar voor de einddatum"'),
        (ZWOLLE, "ready_before", 'ready_before = "12-31"', 'bij ready_before: "geen" zonder de toets'),
        (ZWOLLE, "reaction_days", "reaction_days = 14", "0, want geen fase eindigt met een stuk om op te reageren"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_what_was_expected(text: str, start: str, new: str, expected: str) -> None:
    line = line_with(text, start)
    found = [mistake for mistake in mistakes_in(changed(text, start, new)) if mistake.line == line]
    assert any(expected in mistake.expected for mistake in found), mistakes_in(changed(text, start, new))
    for mistake in found:
        assert str(mistake).startswith(f"eigen.toml, regel {line}: verwacht ")
        assert str(mistake).endswith(".")
        assert "\n" not in str(mistake)


def test_a_level_without_its_phase_is_named_at_the_phase() -> None:
    text = changed(ZWOLLE, "level", 'level = "meedoen"', nth=3)
    (mistake,) = mistakes_in(text)
    assert mistake.line == line_with(ZWOLLE, "level", 3)
    assert mistake.expected == 'bij een fase "stemmen" het niveau meebeslissen'


def test_a_project_group_needs_a_phase_in_which_people_can_join() -> None:
    heerlen = SOURCES["heerlen"].replace('"meedoen"', '"meedenken"')
    (mistake,) = mistakes_in(heerlen)
    assert mistake.line == line_with(heerlen, "[[phases]]")
    assert 'een fase "inzamelen" of "toetsen" op minstens het niveau meedoen' in mistake.expected


def test_carrying_out_within_a_term_needs_a_phase_for_it() -> None:
    quick = SOURCES["delft-knelpunten"].replace('"uitvoeren"', '"besluiten"')
    assert 'want er is geen fase "uitvoeren"' in mistakes_in(quick)[0].expected


def test_a_file_without_phases_says_so_at_its_end() -> None:
    text = re.sub(r"\[\[phases\]\]\n(?:kind|level|weeks).*\n(?:level|weeks).*\n(?:weeks).*\n", "", ZWOLLE)
    (mistake,) = mistakes_in(text)
    assert mistake.line == len(text.rstrip("\n").split("\n"))
    assert "[[phases]]" in mistake.expected
    assert "[[phases]]" in mistakes_in("phases = 3\n" + text)[0].expected


def test_an_empty_file_lacks_everything() -> None:
    expected = " ".join(mistake.expected for mistake in mistakes_in(""))
    for part in ("[preset]", "[[phases]]", "[tests]", "[rules]"):
        assert part in expected


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = changed(changed(ZWOLLE, "place", "place = 1"), "news_days", "news_days = 0")
    found = mistakes_in(text)
    assert [mistake.line for mistake in found] == [line_with(text, "place"), line_with(text, "news_days")]


@pytest.mark.parametrize(
    "name", ["Eigen.toml", "eigen regels.toml", "eigen.txt", "-a.toml", "../a.toml", "a" * 61 + ".toml"]
)
def test_a_file_name_that_cannot_be_a_key_is_refused(name: str) -> None:
    (mistake,) = mistakes_in(ZWOLLE, name)
    assert "kleine letters, cijfers en streepjes" in mistake.expected


def test_a_file_that_is_far_too_long_is_not_read() -> None:
    for text in (ZWOLLE + "\n" * 400, ZWOLLE + "#" * 40_000):
        assert "hoogstens 400 regels" in mistakes_in(text)[0].expected


def test_another_encoding_is_named_with_its_line() -> None:
    source = ZWOLLE.replace('place = "Zwolle"', 'place = "Zwólle"').encode("latin-1")
    assert read_bytes(source, "eigen.toml") == (Mistake("eigen.toml", line_with(ZWOLLE, "place"), "tekst in UTF-8"),)


def test_windows_files_are_read_like_any_other() -> None:
    windows = ("\ufeff" + ZWOLLE.replace("\n", "\r\n")).encode()
    read = read_bytes(windows, "zwolle.toml")
    assert read == shipped()["zwolle"]
    (mistake,) = mistakes_in(changed(ZWOLLE, "place", "place = 1").replace("\n", "\r\n"))
    assert mistake.line == line_with(ZWOLLE, "place")


def test_a_value_over_more_lines_is_named_where_it_begins() -> None:
    text = changed(BOTU, "recruited", 'recruited = [\n  "netwerk",\n  "buren",\n]')
    (mistake,) = mistakes_in(text)
    assert mistake.line == line_with(text, "recruited")


def test_own_presets_come_before_ours_and_never_take_their_names() -> None:
    both = with_own({"onze-wijk.toml": ZWOLLE.encode()})
    assert not isinstance(both, tuple)
    assert list(both) == ["onze-wijk", *shipped()]
    refused = with_own({"zwolle.toml": ZWOLLE.encode(), "fout.toml": b"x"})
    assert isinstance(refused, tuple)
    assert [mistake.file for mistake in refused] == ["fout.toml", "zwolle.toml"]
    assert "hoort bij het programma" in str(refused[1])


def test_every_contradiction_has_its_place_in_a_file() -> None:
    rules = ROOT / "participatie" / "spelregels" / "rulesets.py"
    found = {
        (text_in(check.elts[1]), text_in(check.elts[2]))  # type: ignore[attr-defined]
        for function in tree_of(rules).body
        if getattr(function, "name", "") == "contradiction_in_rules"
        for assignment in function.body  # type: ignore[attr-defined]
        if getattr(getattr(assignment, "target", None), "id", "") == "checks"
        for check in assignment.value.elts
    }
    assert found == set(PAIRS)
    assert not list(calls_in(tree_of(rules), "open")), "rules read no files"
