"""Is the archive of a final report (wijkverslag) as it was published? Its hashes, file by file and idea by idea.

An archive is a bundle as any: `manifest.json` holds the hash of each file, and of each idea in `ideas.json` one by one.
So an idea that was hidden later is left out, and everything else can still be checked.
"""

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from participatie.verification.packing import NotABundleError, pack
from participatie.verification.report import Difference, Report

FORM, KIND = 1, "wijkverslag"
MANIFEST, IDEAS = "manifest.json", "ideas.json"


def canonical(value: Any) -> str:
    """Return JSON that is written in one way alone: sorted, without spaces, text as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def manifest_of(head: Mapping[str, Any], files: Mapping[str, str], ideas: Mapping[str, str]) -> str:
    """Return the manifest of an archive: `head` with the hashes of its files and of its ideas, by name and number."""
    return canonical(
        {
            **head,
            "format": FORM,
            "kind": KIND,
            "files": {name: hash_of(text) for name, text in files.items()},
            "ideas": {number: hash_of(text) for number, text in ideas.items()},
        }
    )


def pack_archive(
    manifest: str, files: Mapping[str, str], ideas: Mapping[str, str], without: Collection[str] = ()
) -> bytes:
    """Return the archive as one file, always the same bytes; `without` are the numbers of the ideas to leave out."""
    kept = [ideas[number] for number in sorted(ideas, key=int) if number not in without]
    listed = "[\n" + ",\n".join(kept) + "\n]\n"
    texts = {**files, MANIFEST: manifest, IDEAS: listed}
    return pack({name: text.encode() for name, text in texts.items()})


def is_archive(files: Mapping[str, bytes]) -> bool:
    """Tell whether the files of a bundle are those of a final report."""
    manifest = _read(files.get(MANIFEST, b""))
    return isinstance(manifest, dict) and manifest.get("kind") == KIND


def check_archive(package: bytes, files: Mapping[str, bytes]) -> Report:
    """Check an archive: its manifest, each file, each idea, and that it is packed as we do.

    Raises NotABundleError for an archive of a newer form than this program reads.
    """
    manifest = _read(files[MANIFEST])
    form = manifest.get("format")
    if not isinstance(form, int) or form > FORM:
        raise NotABundleError("het archief is van een nieuwere vorm ({form}) dan dit programma leest", form=form)
    said = files[MANIFEST].decode()
    report = Report(f"{manifest.get('traject')}, versie {manifest.get('version')}", what=KIND)
    report.hashes = {MANIFEST: hash_of(said)}
    if said != canonical(manifest):
        report.say(Difference(MANIFEST, "zo is het niet geschreven door dit programma"))
    listed, ideas = manifest.get("files"), manifest.get("ideas")
    if not _are_hashes(listed) or not _are_hashes(ideas):
        report.say(Difference(MANIFEST, "de lijst met vingerafdrukken klopt niet"))
        return report
    _check_files(files, listed, report)
    _check_ideas(_read(files.get(IDEAS, b"")), ideas, report)
    if report.is_right and pack(files) != package:
        report.say(Difference("het ZIP-bestand zelf", "het is anders dan dit programma het schrijft"))
    return report


def _check_files(files: Mapping[str, bytes], listed: Mapping[str, str], report: Report) -> None:
    for name in sorted({*files, *listed} - {MANIFEST, IDEAS}):
        if name not in files:
            report.say(Difference(name, "dit bestand ontbreekt"))
        elif name not in listed:
            report.say(Difference(name, "dit bestand hoort er niet in"))
        elif (found := sha256(files[name]).hexdigest()) != listed[name]:
            report.say(Difference(name, "de vingerafdruk klopt niet", found=found, expected=listed[name]))


def _check_ideas(ideas: Any, listed: Mapping[str, str], report: Report) -> None:
    if not isinstance(ideas, list) or not all(isinstance(idea, dict) for idea in ideas):
        report.say(Difference(IDEAS, "dit is geen lijst van ideeën"))
        return
    numbers = [str(idea.get("id")) for idea in ideas]
    for number, idea in zip(numbers, ideas, strict=True):
        if number not in listed or numbers.count(number) > 1:
            report.say(Difference(IDEAS, f"idee {number} hoort er niet in, of staat er twee keer"))
        elif (found := hash_of(canonical(idea))) != listed[number]:
            report.say(Difference(IDEAS, f"idee {number} is veranderd", found=found, expected=listed[number]))
    gone = len(set(listed) - set(numbers))
    if gone:
        report.notes.append(
            f"{gone} van de {len(listed)} ideeën ontbreken. Een moderator verborg ze, of iemand haalde ze weg."
        )


def _are_hashes(listed: Any) -> bool:
    return isinstance(listed, dict) and all(isinstance(value, str) for value in listed.values())


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
