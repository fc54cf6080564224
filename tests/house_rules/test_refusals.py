"""Every reason to say no has its sentence, and every place that says no gives what the sentence needs."""

import ast
import re
from datetime import date

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from participatie.settings import LOCALES, ROOT
from participatie.spelregels.ideas import FAILED, IdeaFacts, IdeaStatus, Test, TestTerms, Weight, passes_tests
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.web.refusals import BAD_INPUT, MEMBERS, NAMES_OF_FIELDS, SENTENCES, TOO_MANY, sentence, status_of
from participatie.web.words import FIELDS
from tests.house_rules.sources import calls_in, name_of, python_files, tree_of

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
LAYERS = ("participatie/spelregels", "participatie/actions", "participatie/web", "participatie/blueprints")


def msgid_of(code: Refusal) -> str:
    """The Dutch sentence as it stands in the source."""
    return SENTENCES[code]._args[0]


def refusals_in_the_code() -> list[tuple[str, Refusal, set[str]]]:
    """Where the code says no, for which reason, and which facts it gives along."""
    found = []
    for file in python_files(*LAYERS):
        for call in calls_in(tree_of(file), "refused", "Refused"):
            code = call.args[0] if call.args else None
            if isinstance(code, ast.Attribute) and code.attr in Refusal.__members__:
                facts = {keyword.arg for keyword in call.keywords if keyword.arg}
                if len(call.args) > 1 and isinstance(call.args[1], ast.Dict):
                    facts |= {key.value for key in call.args[1].keys if isinstance(key, ast.Constant)}
                found.append((f"{name_of(file)}:{call.lineno}", Refusal[code.attr], facts))
    return found


def test_every_refusal_has_a_sentence() -> None:
    assert [code for code in Refusal if code not in SENTENCES] == []


def test_every_refusal_is_used() -> None:
    # What fails a test of an idea stands in a table, and is looked up there.
    used = {code for _place, code, _facts in refusals_in_the_code()} | set(FAILED.values())
    assert [code.name for code in Refusal if code not in used] == [], "reasons that nothing gives"


def test_every_refusal_brings_the_facts_of_its_sentence() -> None:
    lacking = [
        f"{place}: {code.name} needs {missing} for '{msgid_of(code)}'"
        for place, code, facts in refusals_in_the_code()
        if (missing := set(PLACEHOLDER.findall(msgid_of(code))) - {fact.removesuffix("_cents") for fact in facts})
    ]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("test", list(Test))
def test_every_failed_test_of_an_idea_brings_the_facts_of_its_sentence(test: Test) -> None:
    idea = IdeaFacts(IdeaStatus.PUBLISHED, hidden=False, author_id=1, support=2, cost_cents=100)
    terms = TestTerms({test: Weight.HARD}, support_needed=3, group_needed=3, ready_before=date(2026, 12, 31))
    verdict = passes_tests(idea, {test: False}, terms)
    assert isinstance(verdict, Refused)
    assert verdict.code is FAILED[test]
    shown = {fact.removesuffix("_cents") for fact in verdict.facts}
    assert set(PLACEHOLDER.findall(msgid_of(verdict.code))) <= shown


def a_value_for(fact: str) -> str:
    """Something that this fact can be: a member of its enum, the name of a field, or a number."""
    if fact in MEMBERS:
        return next(iter(MEMBERS[fact])).value
    return next(iter(FIELDS)) if fact in NAMES_OF_FIELDS else "3"


def test_every_sentence_can_be_filled_in(app: Flask) -> None:
    for code in Refusal:
        facts = {name: a_value_for(name) for name in PLACEHOLDER.findall(msgid_of(code))}
        with app.test_request_context("/?taal=nl"):
            said = sentence(Refused(code, facts))
        assert "%" not in said, code
        assert said[0].isupper(), code
        assert said.endswith((".", "?")), code


def test_amounts_are_shown_in_euros(app: Flask) -> None:
    with app.test_request_context("/?taal=nl"):
        said = sentence(Refused(Refusal.OVER_BUDGET, {"over_cents": 1_250_050}))
    assert "12.500,50" in said


def test_words_of_the_domain_in_a_refusal_are_shown_as_words(app: Flask) -> None:
    with app.test_request_context("/?taal=nl"):
        said = sentence(Refused(Refusal.NOT_YOUR_ROLE, {"roles": "moderator, toetser"}))
    assert "moderator van een bewonersorganisatie, toetser van de gemeente" in said


@pytest.mark.parametrize("typed", ["open", "wijk", "moderator, reclame"])
def test_names_in_a_refusal_stay_as_they_were_typed(app: Flask, typed: str) -> None:
    with app.test_request_context("/?taal=nl"):
        said = sentence(Refused(Refusal.PLAN_OVER_POT, {"plan": typed}))
    assert f"Het plan {typed} kost" in said


def test_statuses_tell_apart_what_was_sent_from_who_may() -> None:
    assert status_of(Refused(Refusal.CHOICE_TWICE)) == 400
    assert status_of(Refused(Refusal.TOO_MANY_GUESSES)) == 429
    assert status_of(Refused(Refusal.NOT_YOUR_ROLE)) == 403
    assert not BAD_INPUT & TOO_MANY


@pytest.mark.translations
@pytest.mark.parametrize("locale", LOCALES[1:])
def test_every_refusal_has_a_sentence_in_every_language(locale: str) -> None:
    file = ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"
    assert file.is_file(), f"no translations for {locale} yet"
    with file.open("rb") as opened:
        catalog = read_po(opened, locale=locale)
    untold = [code.name for code in Refusal if not (message := catalog.get(msgid_of(code))) or not message.string]
    assert not untold, f"not in {locale}: {', '.join(untold)}"
