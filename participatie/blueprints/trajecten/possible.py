"""What can residents do in a traject at this moment? As the table says, in words, with the buttons for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from participatie.models.announcements import Product
from participatie.models.besluiten import Besluit
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import Round
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.phases import WITH_BALLOTS, PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.formats import day, last_day
from participatie.web.round_words import result_sentence


@dataclass(frozen=True, slots=True)
class Possible:
    """One thing that residents can do now, or what they wait for, with buttons (text, address)."""

    sentence: str
    buttons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Now:
    """Where a traject stands; `budget_round` is None for a visitor who may not see it yet, `document` is a draft to read."""

    traject: Traject
    at: datetime
    ideas: int
    budget_round: Round | None
    besluit: Besluit | None
    document: Product | None

    def place(self, name: str) -> str:
        """Return an address of this traject."""
        return url_for(name, slug=self.traject.slug)

    def round_is(self, *statuses: RoundStatus) -> bool:
        """Tell whether there is a round that stands so."""
        return self.budget_round is not None and self.budget_round.status in statuses


def possible_now(here: Now) -> list[Possible]:
    """Return what a resident of the area can do now, most important first; never empty."""
    phase = here.traject.phase_at(here.at)
    found = [*(_acts(here, phase) if phase is not None else ()), *_documents(here), *_results(here)]
    return found or [_waiting(here) if phase is None else _running(here, phase)]


def takes_ideas(traject: Traject, now: datetime) -> bool:
    """Tell whether a resident may put in an idea now."""
    return _resident_may(traject, now, Do.SUBMIT_IDEA)


def _resident_may(traject: Traject, now: datetime, do: Do) -> bool:
    place = traject.facts().place_at(now)
    return bool(may(Actor(account_id=0, home_path=place.area_path), do, place))


def _acts(here: Now, phase: Phase) -> Iterator[Possible]:
    until = last_day(phase.ends_at)
    if takes_ideas(here.traject, here.at):
        yield Possible(
            _("Dien een idee in of steun een idee van een ander. Dat kan tot en met %(day)s.", day=until),
            (
                (_("Dien een idee in"), here.place("ideas.new")),
                (_("Bekijk de ideeën"), here.place("ideas.overview")),
            ),
        )
    if here.ideas and _resident_may(here.traject, here.at, Do.JOIN_IDEA):
        yield Possible(
            _("Doe mee met een idee: kies een idee en word lid van de groep. Dat kan tot en met %(day)s.", day=until),
            ((_("Kies een idee om mee te doen"), here.place("ideas.overview")),),
        )
    if phase.kind in WITH_BALLOTS:
        yield _vote(here, phase, until)


def _vote(here: Now, phase: Phase, until: str) -> Possible:
    slug = here.budget_round.slug if here.budget_round else ""
    voter, place = Actor(is_voter=True), here.traject.facts().place_at(here.at)
    if (
        here.budget_round
        and here.round_is(RoundStatus.OPEN)
        and may(voter, here.budget_round.act(Do.CAST_BALLOT), place)
    ):
        sentence = (
            _("Geef advies met de code uit uw brief. Dat kan tot en met %(day)s.", day=until)
            if here.budget_round.is_advice()
            else _("Stem met de code uit uw brief. Dat kan tot en met %(day)s.", day=until)
        )
        look = _("Bekijk de opties") if here.budget_round.chooses() else _("Bekijk de plannen")
        return Possible(
            sentence,
            (
                (
                    _("Geef advies") if here.budget_round.is_advice() else _("Stem nu"),
                    url_for("votes.enter", slug=slug),
                ),
                (look, url_for("wijkbudget.overview", slug=slug)),
            ),
        )
    if phase.kind is PhaseKind.POLL:
        return Possible(
            _(
                "Dit is de tijd om advies te geven, maar de peiling is nog niet open. Is ze open, dan staat hier hoe het werkt."
            ),
            _ideas(here),
        )
    return Possible(
        _("Dit is de tijd om te stemmen, maar de stemming is nog niet open. Is ze open, dan staat hier hoe u stemt."),
        _ideas(here),
    )


def _documents(here: Now) -> Iterator[Possible]:
    if here.document is not None:
        address = url_for("phases.document", slug=here.traject.slug, position=here.document.phase.position)
        yield Possible(
            _("Er ligt een concept. Lees het, en zeg wat u ervan vindt voordat het wordt vastgesteld."),
            ((_("Lees het concept"), address),),
        )


def _results(here: Now) -> Iterator[Possible]:
    if here.budget_round is None or not here.round_is(RoundStatus.PUBLISHED):
        return
    buttons = [(_("Bekijk de uitslag"), url_for("wijkbudget.result", slug=here.budget_round.slug))]
    if here.besluit is not None:
        buttons.append((_("Lees het besluit"), url_for("besluiten.detail", besluit_id=here.besluit.id)))
    yield Possible(result_sentence(here.budget_round), tuple(buttons))


def _running(here: Now, phase: Phase) -> Possible:
    """Say what happens in a phase in which residents have nothing to do."""
    until = last_day(phase.ends_at)
    if phase.level is Level.MEEWETEN:
        return Possible(
            _(
                "Het niveau is nu meeweten. U kunt alles lezen, het traject volgen en vragen stellen aan uw contactpersoon."
            )
        )
    sentences = {
        PhaseKind.ASSESS: _("De gemeente toetst de ideeën, tot en met %(day)s. U leest bij elk idee wat eruit komt.", day=until),
        PhaseKind.DECIDE: _("De gemeente telt en neemt een besluit, tot en met %(day)s. Daarna leest u het hier.", day=until),
        PhaseKind.EXECUTE: _("De plannen worden uitgevoerd, tot en met %(day)s. U kunt lezen hoe ver het is.", day=until),
        PhaseKind.ACCOUNT: _("De gemeente schrijft op wat er is gedaan, tot en met %(day)s. Daarna leest u het hier.", day=until),
    }  # fmt: skip
    usual = _("U kunt nu lezen en volgen. Op de tijdlijn staat wanneer u weer iets kunt doen.")
    return Possible(sentences.get(phase.kind, usual), _ideas(here))


def _waiting(here: Now) -> Possible:
    """Say why no phase runs."""
    coming = next((phase.starts_at for phase in here.traject.phases if phase.starts_at > here.at), None)
    if here.traject.status is TrajectStatus.CLOSED:
        said = _("Dit traject is afgesloten. U kunt alles nog lezen.")
    elif here.traject.status is TrajectStatus.DRAFT:
        said = _("Is dit traject open, dan staat hier wat bewoners kunnen doen.")
    elif coming is not None:
        said = _("Er loopt nu geen fase. De volgende begint op %(day)s. U kunt het traject al volgen.", day=day(coming))
    else:
        said = _("Alle fasen zijn voorbij. De gemeente rondt het traject af. U kunt alles nog lezen.")
    return Possible(said, _ideas(here))


def _ideas(here: Now) -> tuple[tuple[str, str], ...]:
    return ((_("Bekijk de ideeën"), here.place("ideas.overview")),) if here.ideas else ()
