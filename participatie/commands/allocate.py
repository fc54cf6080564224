"""Which plans does a Pabulib file fund? `participatie allocate FILE.pb`, without database or settings."""

import sys
from dataclasses import replace
from json import dumps
from pathlib import Path
from typing import NoReturn

import click

from participatie.allocation import (
    Leftover,
    Line,
    Outcome,
    Reason,
    Rule,
    TieBreak,
    Utility,
    allocate,
    tie_order,
    trace_of,
)
from participatie.allocation.pabulib import Election, PabulibError, read_pabulib

_REASONS = {
    Reason.FUNDED: "gefinancierd",
    Reason.FUNDED_FREE: "gefinancierd, kost niets",
    Reason.FUNDED_TO_COMPLETE: "gefinancierd met wat de kiezers niet samen besteedden",
    Reason.FUNDED_FROM_LEFTOVER: "gefinancierd uit wat over was",
    Reason.FUNDED_IN_PART: "voor een deel gefinancierd",
    Reason.OVER_BUDGET: "kost meer dan er over was",
    Reason.OVER_CATEGORY_CAP: "kost meer dan er in de categorie over was",
    Reason.OVER_AREA_CAP: "kost meer dan er in het gebied over was",
    Reason.INCOMPATIBLE: "kan niet samen met een plan dat geld kreeg",
    Reason.AFTER_STOP: "kwam na het plan dat niet meer paste",
    Reason.BELOW_MINIMUM_VOTES: "minder stemmen dan het minimum",
    Reason.NOT_EARNED_IN_TIME: "de stemmers ervoor hadden het geld niet op tijd bij elkaar",
    Reason.NOT_AFFORDABLE_BY_SUPPORTERS: "kost meer dan de stemmers ervoor samen hadden",
    Reason.NO_VOTES: "geen stemmen",
    Reason.CHOSEN: "gekozen",
    Reason.NOT_CHOSEN: "niet gekozen, minder stemmen",
}

#: A file about money can be divided by another rule; a choice among options divides nothing.
MONEY_RULES = [rule.value for rule in Rule if rule is not Rule.MOST_VOTES]


@click.command("allocate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rule", type=click.Choice(MONEY_RULES), help="Standaard: de regel in het bestand.")
@click.option(
    "--leftover",
    type=click.Choice([leftover.value for leftover in Leftover]),
    help="Wat er gebeurt met geld dat overblijft. Standaard: zoals het bestand zegt.",
)
@click.option(
    "--utility",
    type=click.Choice([utility.value for utility in Utility]),
    help="Wat een plan waard is voor wie ervoor stemt, bij equal-shares: zijn kosten, of elk plan evenveel.",
)
@click.option("--seed", help="Loot gelijke plannen met dit zaad. Zonder zaad beslist de volgorde van het bestand.")
@click.option("--json", "as_json", is_flag=True, help="Schrijf één JSON-object.")
def allocate_file(
    file: Path, rule: str | None, leftover: str | None, utility: str | None, seed: str | None, *, as_json: bool
) -> None:
    """Verdeel de pot van een Pabulib-bestand (.pb) en zeg bij elk plan waarom."""
    election = _read(file)
    if election.rule is Rule.MOST_VOTES and (rule or leftover or utility):
        _leave(
            f"{file}: hier werd uit opties gekozen. Er is geen geld om te verdelen, "
            "dus --rule, --leftover en --utility passen niet."
        )
    rules = election.rules(Rule(rule) if rule else None, Leftover(leftover) if leftover else None)
    if utility:
        rules = replace(rules, utility=Utility(utility))
    order = None if seed is None else tie_order((plan.id for plan in election.plans), seed)
    outcome = allocate(election.plans, election.ballots, rules, order)
    click.echo(_as_json(election, outcome, seed) if as_json else _as_table(election, outcome, seed))


def _read(file: Path) -> Election:
    """Read the file, or leave with exit code 2 and one sentence on stderr."""
    try:
        return read_pabulib(file.read_bytes(), file.name)
    except FileNotFoundError:
        _leave(f"{file}: dit bestand bestaat niet.")
    except OSError:
        _leave(f"{file}: dit bestand kan niet gelezen worden.")
    except PabulibError as error:
        _leave(str(error))


def _leave(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def _as_json(election: Election, outcome: Outcome, seed: str | None) -> str:
    about = {
        "file": election.name,
        "currency": election.currency,
        "fileRule": election.file_rule,
        "seed": seed,
        "irregularities": {key.value: count for key, count in sorted(election.irregularities.items())},
    }
    return dumps(trace_of(outcome) | about, ensure_ascii=False, indent=2)


def _as_table(election: Election, outcome: Outcome, seed: str | None) -> str:
    currency = election.currency
    names = {plan.id: plan.name for plan in election.plans}
    width = max((len(line.plan_id) for line in outcome.lines), default=4)
    about = (
        [f"Regel {outcome.rules.rule.value}, te kiezen {outcome.rules.seats}"]
        if outcome.rules.rule is Rule.MOST_VOTES
        else [
            f"Regel {outcome.rules.rule.value}, overschot {outcome.rules.leftover.value}",
            (
                f"Pot {_money(outcome.rules.pot_cents, currency)}, "
                f"toegewezen {_money(outcome.spent_cents, currency)}, "
                f"over {_money(outcome.left_cents, currency)}"
            ),
        ]
    )
    head = [f"{election.meta.get('description', election.name)}: {outcome.voters} stemmers", *about, ""]
    rows = [_row(line, names[line.plan_id], width) for line in outcome.lines]
    return "\n".join([*head, *rows, *_ties(outcome, seed)])


def _row(line: Line, name: str, width: int) -> str:
    step = "" if line.step is None else str(line.step)
    return (
        f"{step:>3}  {line.plan_id:<{width}}  {line.score!s:>8}  "
        f"{_money(line.cost_cents):>14}  {_REASONS[line.reason]}  {name}".rstrip()
    )


def _ties(outcome: Outcome, seed: str | None) -> list[str]:
    if not outcome.ties:
        return []
    decided = f" (dit besliste {'wie won' if outcome.rules.rule is Rule.MOST_VOTES else 'wie geld kreeg'})"
    by = "de volgorde van het bestand" if outcome.tie_break is TieBreak.ORDER_OF_PLANS else f"loting met zaad '{seed}'"
    return ["", f"Gelijk geëindigd, beslist door {by}:"] + [
        f"  {', '.join(tie.plan_ids)}{decided if tie.decisive else ''}" for tie in outcome.ties
    ]


def _money(cents: int, currency: str = "") -> str:
    """Write cents the Dutch way: 1.250,50."""
    euros, rest = divmod(cents, 100)
    amount = f"{euros:,}".replace(",", ".") + (f",{rest:02}" if rest else "")
    return f"{currency} {amount}".strip()
