"""Which words are there to translate, and what do the catalogs hold? `make translations` brings them up to date."""

import tomllib
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po, write_po

from participatie.settings import LOCALES, ROOT

TRANSLATED = LOCALES[1:]


@cache
def wanted() -> Catalog:
    """Every word in the sources, by the same settings as `pybabel extract`."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        mappings = tomllib.load(file)["tool"]["babel"]["mappings"]
    methods, options = [], {}
    for mapping in mappings:
        patterns = mapping["pattern"] if isinstance(mapping["pattern"], list) else [mapping["pattern"]]
        for pattern in patterns:
            methods.append((pattern, mapping["method"]))
            options[pattern] = {name: value for name, value in mapping.items() if name not in ("method", "pattern")}
    catalog = Catalog()
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(["lazy_gettext", "lazy_ngettext:1,2"])}

    def is_ours(folder: str) -> bool:
        return "/." not in folder.removeprefix(str(ROOT)) and not folder.endswith(("node_modules", "__pycache__"))

    for file, line, message, _comments, context in extract_from_dir(
        ROOT, methods, options, keywords, directory_filter=is_ours
    ):
        catalog.add(message, locations=[(file, line)], context=context)
    return catalog


@cache
def catalog_of(locale: str) -> Catalog:
    """The catalog of one language as it stands in the checkout."""
    file = ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"
    assert file.is_file(), f"no translations for {locale} yet"
    with file.open("rb") as opened:
        return read_po(opened, locale=locale)


def update() -> None:
    """Write every catalog anew: new sentences come in empty, sentences that are gone go out."""
    for locale in TRANSLATED:
        file = ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"
        catalog = catalog_of(locale) if file.is_file() else Catalog(locale=locale)
        if file.is_file() and {message.id for message in catalog} == {message.id for message in wanted()}:
            print(f"{locale}: nothing new")  # noqa: T201 - this is a command
            continue
        # No guessing: a sentence that looks like another is still a new sentence.
        catalog.update(wanted(), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        # pybabel leaves a catalog that calls itself fuzzy out.
        catalog.fuzzy = False
        catalog.project, catalog.header_comment = "participatie", f"# Translations of participatie: {locale}"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            # Without line numbers, so that moving code does not change five files.
            write_po(
                opened, catalog, width=0, no_location=True, sort_output=True, omit_header=False, ignore_obsolete=True
            )
        missing = sum(1 for message in catalog if message.id and not message.string)
        print(f"{locale}: {len(catalog)} sentences, {missing} without translation")  # noqa: T201 - this is a command


if __name__ == "__main__":
    update()
