"""The site speaks six languages completely: nothing missing, unsure or left over."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message

from tests.house_rules.catalogs import TRANSLATED, catalog_of, wanted

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
MARKUP = re.compile(r"<[a-z/]")


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def as_forms(texts: str | tuple[str, ...] | list[str]) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)


def where(message: Message) -> str:
    file, line = message.locations[0] if message.locations else ("?", 0)
    return f"{file}:{line} {as_forms(message.id)[0]!r}"


def test_words_are_found_in_code_and_in_all_templates() -> None:
    files = {file for message in messages(wanted()) for file, _line in message.locations}
    for part in (
        "participatie/web/refusals/voting.py",
        "templates/_layout/base.html",
        "templates/_components/forms.html",
    ):
        assert part in files


def test_no_sentence_holds_markup_or_a_bare_percent() -> None:
    for message in messages(wanted()):
        for form in as_forms(message.id):
            assert not MARKUP.search(form), f"{where(message)} holds HTML"
            assert "%" not in PLACEHOLDER.sub("", form), f"{where(message)} holds a percent sign"
            assert form == form.strip(), f"{where(message)} begins or ends with a space"


def test_placeholders_have_names() -> None:
    """Languages put words in another order, so `%s` will not do."""
    for message in messages(wanted()):
        for form in as_forms(message.id):
            assert not re.search(r"%[sd]", form), f"{where(message)} has a placeholder without a name"


@pytest.mark.translations
@pytest.mark.parametrize("locale", TRANSLATED)
def test_nothing_is_missing(locale: str) -> None:
    catalog = catalog_of(locale)
    missing = []
    for message in messages(wanted()):
        found = catalog.get(as_forms(message.id)[0], message.context)
        if found is None or not all(as_forms(found.string)):
            missing.append(where(message))
    assert not missing, f"{len(missing)} not in {locale}: " + "; ".join(missing[:10])


@pytest.mark.translations
@pytest.mark.parametrize("locale", TRANSLATED)
def test_nothing_is_unsure_or_left_over(locale: str) -> None:
    catalog = catalog_of(locale)
    assert [where(message) for message in messages(catalog) if message.fuzzy] == []
    assert [as_forms(message.id)[0] for message in catalog.obsolete.values()] == []
    known = {(as_forms(message.id)[0], message.context) for message in messages(wanted())}
    extra = [message for message in messages(catalog) if (as_forms(message.id)[0], message.context) not in known]
    assert [where(message) for message in extra] == [], "no longer in the sources"


@pytest.mark.translations
@pytest.mark.parametrize("locale", TRANSLATED)
def test_placeholders_and_plurals_are_right(locale: str) -> None:
    catalog = catalog_of(locale)
    for message in messages(catalog):
        forms = as_forms(message.string)
        known = {name for form in as_forms(message.id) for name in PLACEHOLDER.findall(form)}
        needed = set(PLACEHOLDER.findall(as_forms(message.id)[-1]))
        if message.pluralizable:
            assert len(forms) == catalog.num_plurals, f"{where(message)}: {len(forms)} plural forms in {locale}"
        for form in forms:
            assert set(PLACEHOLDER.findall(form)) <= known, f"{where(message)}: '{form}' has another placeholder"
        # 'One' and 'two' may be written as words; the general form may not leave the number out.
        assert set(PLACEHOLDER.findall(forms[-1])) == needed, f"{where(message)}: '{forms[-1]}' misses a placeholder"


@pytest.mark.translations
@pytest.mark.parametrize("locale", TRANSLATED)
def test_sentences_end_as_the_dutch_ones_do(locale: str) -> None:
    """A label without its colon or a sentence without its full stop was cut off."""
    ends = {".": (".", "。"), "?": ("?", "؟"), ":": (":",)}
    for message in messages(catalog_of(locale)):
        dutch, forms = as_forms(message.id)[0], as_forms(message.string)
        for form in filter(None, forms):
            assert form.endswith(ends.get(dutch[-1], form[-1:])), f"{where(message)}: '{form}' in {locale}"
