"""A traject by the rules of a place, with the people who act in it: what every scenario begins with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.duties import duties_of
from participatie.actions.groups import join_idea
from participatie.actions.ideas import IdeaText, admit_idea, assess_idea, submit_idea
from participatie.actions.phases import close_phase
from participatie.actions.wijkbudget import RoundTerms, award_money, prepare_round
from participatie.models.accounts import Account
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import Allocation, Plan, Round
from participatie.spelregels.duties import Duty, Obligation
from participatie.spelregels.ideas import Party, Test
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.presets import Preset, shipped
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import BallotKind
from participatie.web.formats import AMSTERDAM
from tests.clock import TurnableClock
from tests.factories import (
    ALL_USED,
    a_gemeente,
    a_resident,
    a_traject,
    a_wijkmanager,
    an_account,
    close_phases,
    done,
    euros,
)

Outcome = TypeVar("Outcome")

DAY = timedelta(days=1)
MORNING = timedelta(hours=10)


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Amsterdam."""
    return datetime.combine(day, time(), AMSTERDAM)


def phases_of(preset: Preset, first_day: date) -> list[PhaseFacts]:
    """The phases of a preset on the calendar, as the form of a new traject plans them."""
    return [
        PhaseFacts(each.kind, each.level, midnight(each.first_day), midnight(each.last_day + DAY))
        for each in preset.planned_from(first_day)
    ]


class Place:
    """A traject that opened today by a preset; what people do in it is done now and committed."""

    def __init__(
        self,
        session: Session,
        clock: TurnableClock,
        key: str,
        first_day: date | None = None,
        *,
        opened: bool = True,
        **rules: Any,
    ) -> None:
        """Open it; `rules` stand where the preset says something else."""
        self.session, self.clock, self.preset = session, clock, shipped()[key]
        day = first_day or clock.now.date()
        phases = phases_of(self.preset, day)
        self.traject: Traject = a_traject(
            session,
            rules=replace(self.preset.rules_from(day), **rules),
            phases=phases,
            answer_days=self.preset.answer_days,
            opened=opened,
        )
        self.manager: Account = a_wijkmanager(session)
        self.assessor: Account = an_account(session, role=Role.ASSESSOR)

    def phase(self, kind: PhaseKind) -> Phase:
        """The phase of that kind."""
        return next(phase for phase in self.traject.phases if phase.kind is kind)

    def turn_to(self, kind: PhaseKind, days: int = 1) -> datetime:
        """Go to ten in the morning, some days after the first day of a phase."""
        return self.clock.turn_to(self.phase(kind).starts_at + days * DAY + MORNING)

    def turn_after(self, kind: PhaseKind) -> datetime:
        """Go to the moment at which a phase is over."""
        return self.clock.turn_to(self.phase(kind).ends_at)

    def table(self, author: Account | None = None, **text: Any) -> Idea | Refused:
        """Let a resident put an idea in."""
        usual = {"title": "Een boom", "body": "Voor onze straat.", "own_contribution": "Wij planten.", "lang": "nl"}
        author = author or a_resident(self.session)
        buurt = a_gemeente(self.session).buurten[0]
        return self._kept(
            submit_idea(self.session, author, self.traject, buurt, IdeaText(**usual | text), self.clock.now)
        )

    def idea(self, author: Account | None = None, **text: Any) -> Idea:
        """An idea that a resident put in."""
        return done(self.table(author, **text))

    def tested(
        self,
        idea: Idea,
        cost: float | None = None,
        ready_on: date | None = None,
        outcomes: Mapping[Test, bool] | None = None,
    ) -> Idea | Refused:
        """Let an assessor write down what it costs in euros, when it is ready, and the outcome of tests."""
        results = {
            test: (passed, "" if passed else "Nee, en dit is waarom.") for test, passed in (outcomes or {}).items()
        }
        cents = None if cost is None else euros(cost)
        actor = self.assessor.actor()
        return self._kept(assess_idea(self.session, actor, idea, results, cents, self.clock.now, ready_on))

    def admit(self, idea: Idea) -> Plan | Idea | Refused:
        """Let the wijkmanager admit an idea."""
        actor = self.manager.actor()
        return self._kept(admit_idea(self.session, actor, idea, "", "Ja, dit gaat door.", self.clock.now, ALL_USED))

    def plan(self, cost: float, outcomes: Mapping[Test, bool] | None = None, **text: Any) -> Plan:
        """A plan of a new idea, of so many euros."""
        idea = self.idea(**text)
        done(self.tested(idea, cost, outcomes=outcomes))
        made = done(self.admit(idea))
        assert isinstance(made, Plan)
        return made

    def join(self, account: Account, idea: Idea, party: Party = Party.RESIDENT, organisation: str = "") -> object:
        """Let somebody take part in carrying an idea out."""
        offer = "Ik help een dag in de week."
        return self._kept(join_idea(self.session, account, idea, party, organisation, offer, self.clock.now))

    def prepare(self, pot: float, slug: str = "ronde", **terms: Any) -> Round | Refused:
        """Let the wijkmanager prepare a round of so many euros, as the rules say or else with approval ballots."""
        rules = self.traject.ruleset()
        usual: dict[str, Any] = {
            "pot_cents": euros(pot),
            "title": "Ronde", "ballot_kind": rules.ballot_kind or BallotKind.APPROVAL,
            "min_choices": 1, "max_choices": None, "rule": rules.rule or "greedy", "leftover": rules.leftover or "none",
        }  # fmt: skip
        made = prepare_round(
            self.session, self.manager.actor(), self.traject, slug, RoundTerms(**usual | terms), self.clock.now
        )
        return self._kept(made)

    def round(self, pot: float) -> Round:
        """A round of so many euros."""
        return done(self.prepare(pot))

    def close(self, kind: PhaseKind) -> Phase | Refused:
        """Let the wijkmanager close a phase."""
        return self._kept(close_phase(self.session, self.manager.actor(), self.phase(kind), self.clock.now))

    def close_before(self, kind: PhaseKind, days: int = 1) -> None:
        """Go to a phase and close all before it."""
        self.turn_to(kind, days)
        close_phases(self.session, self.traject, kind)

    def award(self, budget_round: Round) -> Allocation | Refused:
        """Let the wijkmanager award the money of a round."""
        return self._kept(award_money(self.session, self.manager.actor(), budget_round, self.clock.now))

    def decide(self, budget_round: Round, **terms: Any) -> Besluit | Refused:
        """Let the wijkmanager publish the besluit about a round; it follows the outcome unless said otherwise."""
        usual: dict[str, Any] = {
            "title": "Besluit", "decision_body": "college", "motivation": "Wij volgen de uitslag.", "deviates": False,
            "ground": None,
        }  # fmt: skip
        actor = self.manager.actor()
        return self._kept(publish_besluit(self.session, actor, budget_round, now=self.clock.now, **usual | terms))

    def duty(self, duty: Duty) -> Obligation:
        """How it stands with a duty now."""
        return next(each for each in duties_of(self.session, self.traject, self.clock.now) if each.duty is duty)

    def mailed(self, template: str) -> list[str]:
        """Who got a mail of that kind."""
        return sorted(self.session.scalars(select(OutboxMail.recipient).where(OutboxMail.template == template)))

    def _kept(self, outcome: Outcome) -> Outcome:
        self.session.commit()
        return outcome
