"""A preset is never read as something that its file does not say, wherever a hand slips."""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participatie.spelregels.ideas import Test
from participatie.spelregels.presets import Preset, read_preset, shipped
from tests.spelregels.test_preset_mistakes import SOURCES, mistakes_in


def written(preset: Preset) -> dict[str, Any]:
    """A preset as data of TOML again: what was read, and nothing else."""
    rules, panel = preset.rules, preset.rules.panel

    def word(value: Any) -> Any:
        return "geen" if value is None else value

    def day(value: Any) -> str:
        return "geen" if value is None else f"{date(2023, *value):%m-%d}"

    def euros(cents: int | None) -> Any:
        return "geen" if cents is None else cents // 100

    document: dict[str, Any] = {
        "preset": {
            "name": preset.name, "place": preset.place, "summary": preset.summary, "source": preset.source,
            "starts_on": day(preset.starts_on),
        },
        "phases": [{"kind": it.kind, "level": it.level, "weeks": it.weeks} for it in preset.phases],
        "tests": {test: rules.weight(test) for test in Test},
        "rules": {
            "division": rules.division, "pot_euros": euros(rules.pot_cents),
            "plan_cap_euros": euros(rules.plan_cap_cents), "once_per_household": rules.once_per_household,
            "support_needed": rules.support_needed, "group_needed": rules.group_needed,
            "ready_before": day(preset.ready_before), "ballot_kind": word(rules.ballot_kind),
            "rule": word(rules.rule), "leftover": word(rules.leftover),
            "payout": {part.earned: part.percent for part in rules.payout} or "geen",
            "dominance_percent": rules.dominance_percent, "answer_days": preset.answer_days,
            "news_days": rules.news_days, "reaction_days": rules.reaction_days,
            "execution_days": word(rules.execution_days),
        },
    }  # fmt: skip
    if panel is not None:
        document["panel"] = {
            "members": panel.members, "recruited": list(panel.recruited), "traffic_light": panel.traffic_light,
            "scores": list(panel.scores) if panel.scores else "geen",
            "which_before_how_much": panel.which_before_how_much,
        }  # fmt: skip
    return document


def plain(value: Any) -> Any:
    """Data of TOML with the lines of every text joined, as presets are read."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("key", SOURCES)
def test_a_preset_holds_all_that_its_file_says(key: str) -> None:
    assert written(shipped()[key]) == plain(tomllib.loads(SOURCES[key]))


def statements(text: str) -> list[int]:
    """The places of the lines that say something."""
    return [place for place, line in enumerate(text.split("\n")) if line.strip() and not line.startswith("#")]


BREAKS = {
    "left out": lambda _line: [],
    "twice": lambda line: [line, line],
    "without its sign": lambda line: [line.replace("=", " ", 1).replace("]", " ")],
    "with another name": lambda line: ["z" + line] if not line.startswith('"') else ['"z' + line[1:]],
    "with a fraction": lambda line: [line.split("=")[0] + "= 0.5" if "=" in line else line[:-1]],
    "with a date": lambda line: [line.split("=")[0] + "= 2026-05-04" if "=" in line else "[" + line],
    "half a text": lambda line: [line.split("=")[0] + '= "half' if "=" in line else line + "]"],
}


@given(st.sampled_from(sorted(SOURCES)), st.sampled_from(sorted(BREAKS)), st.integers(0, 10_000))
def test_any_line_that_is_broken_is_told_on_a_line_of_the_file(key: str, how: str, which: int) -> None:
    """Left out, doubled, misspelt or of the wrong kind: always a mistake, and at that line where it is still there."""
    lines = SOURCES[key].split("\n")
    places = statements(SOURCES[key])
    place = places[which % len(places)]
    header = lines[place].startswith("[[") and how == "twice"
    lines[place : place + 1] = BREAKS[how](lines[place])
    found = mistakes_in("\n".join(lines))
    for mistake in found:
        assert 1 <= mistake.line <= len(lines)
        assert mistake.expected
        assert str(mistake).startswith("eigen.toml, regel ")
    if how != "left out" and not header and "=" in lines[place]:
        wanted = place + (2 if how == "twice" else 1)
        assert wanted in {mistake.line for mistake in found}


@given(st.sampled_from(sorted(SOURCES)), st.integers(0, 100_000), st.text(max_size=3), st.integers(0, 4))
def test_a_slip_of_the_hand_is_never_read_as_something_that_the_file_does_not_say(
    key: str, where: int, typed: str, removed: int
) -> None:
    text = SOURCES[key]
    at = where % len(text)
    slipped = text[:at] + typed + text[at + removed :]
    read = read_preset(slipped, "eigen.toml")
    if isinstance(read, Preset):
        assert written(read) == plain(tomllib.loads(slipped))
    else:
        assert read
        assert all(1 <= mistake.line <= slipped.count("\n") + 1 for mistake in read)
        assert all("\n" not in str(mistake) for mistake in read)
