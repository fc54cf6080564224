"""What stands in the files of a bundle? What cannot be read becomes a difference with its line, and never an error."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from participatie.spelregels.codes import ALPHABET
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import BallotKind, BallotLimits, PlanOnBallot, check_choices
from participatie.verification.contents import BALLOTS, RULEBOOK, written
from participatie.verification.hashes import HEAD, in_order, read_ballot_line
from participatie.verification.report import Difference, Report, first_difference

#: The name of the rules of a round that came out of an open data file: its ballots count as they stand in that file.
IMPORTED = "pabulib"
RECEIPT_SIGNS = frozenset(ALPHABET + ALPHABET.lower())
MOST_DIGITS = 15


def text_in(files: Mapping[str, bytes], name: str, report: Report) -> str | None:
    """Return a file as text; None when it is missing or no UTF-8."""
    if name not in files:
        return None
    try:
        return files[name].decode()
    except UnicodeDecodeError as error:
        line = files[name][: error.start].count(b"\n") + 1
        report.say(
            Difference(name, "dit is geen leesbare tekst (UTF-8)", line, repr(files[name][error.start : error.end]))
        )
        return None


def json_in(files: Mapping[str, bytes], name: str, report: Report) -> Any:
    """Return what a JSON file says; None when it is missing or not written as we write it."""
    text = text_in(files, name, report)
    if text is None:
        return None
    try:
        value = json.loads(text, parse_int=_whole, parse_float=_no_fraction, parse_constant=_no_fraction)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        report.say(
            Difference(name, f"dit is geen JSON (teken {error.colno})", error.lineno, line[max(error.colno - 60, 0) :])
        )
        return None
    except (ValueError, RecursionError) as error:
        report.say(Difference(name, f"dit is geen JSON van een bundel ({error})"))
        return None
    usual = _canonical(value) if name.startswith((RULEBOOK, "withdrawn-rulebook")) else written(value)
    odd = first_difference(name, "zo is het niet geschreven door dit programma", text, usual)
    if odd is not None:
        report.say(odd)
    return value


def ballots_in(files: Mapping[str, bytes], name: str, report: Report) -> list[tuple[str, int]] | None:
    """Return the ballots of a CSV file; None when a line of it is not as it should be."""
    text = text_in(files, name, report)
    if text is None:
        return None
    head, *lines = text.split("\n")
    if head != HEAD or lines[-1:] != [""]:
        report.say(
            Difference(name, "het begin of het einde is anders", 1 if head != HEAD else len(lines) + 1, head, HEAD)
        )
        return None
    groups: list[tuple[str, int]] = []
    for number, line in enumerate(lines[:-1], start=2):
        group = read_ballot_line(line)
        if group is None:
            report.say(Difference(name, "dit is geen regel met stembiljetten", number, line, 'aantal,"[keuzes]"'))
            return None
        if groups and group[0] <= groups[-1][0]:
            report.say(Difference(name, "deze regel staat niet op volgorde, of dubbel", number, line))
            return None
        groups.append(group)
    return in_order(groups)


def check_ballots(groups: Sequence[tuple[str, int]], rulebook: Mapping[str, Any], report: Report) -> None:
    """Report each line of ballots that the rulebook does not allow; ballots of an imported file count as they stand."""
    plans = {plan["number"]: PlanOnBallot(plan["cost_cents"], plan["category"]) for plan in rulebook["plans"]}
    limits = limits_of(rulebook)
    imported = (rulebook.get("rules") or {}).get("name") == IMPORTED
    for number, (choices, _count) in enumerate(groups, start=2):
        try:
            read = [entry if isinstance(entry, int) else (entry[0], entry[1]) for entry in json.loads(choices)]
            is_canonical = choices == json.dumps(
                read if limits.ballot_kind is BallotKind.RANKING else sorted(read),
                separators=(",", ":"),
            )
        except (ValueError, LookupError, TypeError, RecursionError):
            is_canonical = False
        if not is_canonical:
            report.say(Difference(BALLOTS, "zo schrijft dit programma geen keuzes op", number, choices))
            continue
        if imported:
            numbers = [entry if isinstance(entry, int) else entry[0] for entry in read]
            wrong = "choice-unknown" if not set(numbers) <= plans.keys() else None
        else:
            verdict = check_choices(read, plans, limits)
            wrong = str(verdict.code) if isinstance(verdict, Refused) else None
        if wrong is not None:
            report.say(Difference(BALLOTS, f"dit stembiljet mag niet van het reglement ({wrong})", number, choices))


def limits_of(rulebook: Mapping[str, Any]) -> BallotLimits:
    """Return the limits of a ballot; an older rulebook lacks the newer ones."""
    names = BallotLimits.__dataclass_fields__
    found = {name: rulebook[name] for name in names if name in rulebook}
    return BallotLimits(**found | {"ballot_kind": BallotKind(rulebook["ballot_kind"])})


def receipts_in(files: Mapping[str, bytes], name: str, report: Report) -> list[str] | None:
    """Return the receipts of a file, which stand in order and once each."""
    text = text_in(files, name, report)
    if text is None:
        return None
    *receipts, last = text.split("\n")
    if last:
        report.say(Difference(name, "het einde van de laatste regel ontbreekt", len(receipts) + 1, last))
    for number, receipt in enumerate(receipts, start=1):
        if not receipt or not RECEIPT_SIGNS.issuperset(receipt):
            report.say(Difference(name, "dit is geen bewijs", number, receipt))
        elif number > 1 and receipt <= receipts[number - 2]:
            report.say(Difference(name, "dit bewijs staat niet op volgorde, of dubbel", number, receipt))
    return receipts


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("een getal is te groot")
    return int(digits)


def _no_fraction(text: str) -> int:
    raise ValueError("hier staat geen heel getal: " + text[:20])
