"""What happens under the spelregels beside the vote: documents, news, disputes, groups, a test set aside, a report."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.actions.disputes import answer_dispute, raise_dispute
from participatie.actions.groups import join_idea, propose_override
from participatie.actions.ideas import assess_idea
from participatie.actions.phases import adopt_product, close_phase, draft_product
from participatie.actions.reporting import publish_report
from participatie.actions.wijkbudget import restart_vote
from participatie.models.announcements import Dispute
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round
from participatie.spelregels.ideas import ZWOLLE_WEIGHTS, Party, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from participatie.spelregels.trajecten import DisputeKind
from tests.factories import (
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    ballots,
    done,
    now_of,
    runs_all,
    support,
)

WEEK = timedelta(weeks=1)
REACTION_DAYS = 14
#: A group is asked beside the seven tests, and documents wait for reactions.
RULES = RuleSet(
    name="eigen",
    weights={**ZWOLLE_WEIGHTS, Test.PROJECT_GROUP: Weight.SOFT},
    group_needed=2,
    reaction_days=REACTION_DAYS,
)


@dataclass(frozen=True, slots=True)
class GovernedWorld:
    """A traject with something of everything, one that has its report, and a vote that was done over."""

    traject: Traject
    idea: Idea
    dispute: Dispute
    reported: Traject
    restarted: Round

    def public_addresses(self) -> list[str]:
        """Every address with a page for everybody."""
        traject, reported = f"/trajecten/{self.traject.slug}", f"/trajecten/{self.reported.slug}"
        return [
            traject, f"{traject}/trajectkaart", f"{traject}/spelregels", f"{traject}/nieuws", f"{traject}/stukken/1",
            f"{traject}/geschillen", f"/ideeen/{self.idea.id}",
            reported, f"{reported}/stukken/1", f"{reported}/verslag",
            f"{reported}/verslag/versies/1", f"{reported}/verslag/afdrukken",
            f"/trajecten/{self.restarted.traject.slug}", f"/wijkbudget/{self.restarted.slug}",
        ]  # fmt: skip


def a_governed_world(session: Session) -> GovernedWorld:
    """Build it; the clock stands where the test put it."""
    traject = _a_traject(session)
    idea = _an_idea(session, traject)
    dispute = _disputes(session, traject)
    return GovernedWorld(traject, idea, dispute, _a_reported_traject(session), _a_restarted_vote(session))


def _a_traject(session: Session) -> Traject:
    """Residents looked at the wijk, of which there is a draft to react to; they put in ideas now, and join them."""
    now, manager = now_of(session), runs_all(a_wijkmanager(session))
    phases = _one_after_another(
        now - 6 * WEEK,
        (PhaseKind.ANALYSE, Level.MEEDENKEN, 4),
        (PhaseKind.COLLECT, Level.MEEDOEN, 6),
        (PhaseKind.ASSESS, Level.MEEDOEN, 4),
        (PhaseKind.VOTE, Level.MEEBESLISSEN, 2),
        (PhaseKind.DECIDE, Level.MEEBESLISSEN, 4),
        (PhaseKind.EXECUTE, Level.MEEDOEN, 40),
    )
    traject = a_traject(session, phases=phases, rules=RULES, title="Een groene en koele wijk")
    done(publish_news(session, manager, traject, "De ideeënmarkt is op **12 mei** in De Spil.", now))
    text = "In het noorden is het te heet.\n\n- Er staan weinig bomen.\n- De pleinen zijn van steen."
    done(draft_product(session, manager, traject.phases[0], "Wat wij in de wijk zagen", text, now))
    session.commit()
    return traject


def _an_idea(session: Session, traject: Traject) -> Idea:
    """An idea with a group of three parties, of which one test failed and somebody proposed to set that aside."""
    now, author = now_of(session), a_resident(session)
    idea = an_idea(session, traject, author=author, title="Een waterplein met bomen")
    support(session, idea, 2)
    staff = a_wijkmanager(session)
    for account, party, organisation in (
        (author, Party.RESIDENT, ""),
        (a_resident(session), Party.ORGANISATION, "Stichting Schaduw"),
        (staff, Party.GEMEENTE, ""),
    ):
        done(join_idea(session, account, idea, party, organisation, "Elke maand een dag.", now))
    assessor = an_account(session, role=Role.ASSESSOR)
    results = {Test.PUBLIC_INTEREST: (True, ""), Test.NO_LASTING_COST: (False, "De pomp kost elk jaar stroom.")}
    done(assess_idea(session, assessor.actor(), idea, results, 1_250_000, now))
    reason = "De bewoners betalen de stroom zelf."
    done(propose_override(session, runs_all(staff), idea, Test.NO_LASTING_COST, reason, now))
    session.commit()
    return idea


def _disputes(session: Session, traject: Traject) -> Dispute:
    """One that was answered, and one that waits; the second is returned."""
    now = now_of(session)
    first = "Wij hoorden pas laat van de ideeënmarkt."
    answered = done(raise_dispute(session, a_resident(session), traject, DisputeKind.DISPUTE, first, now))
    college = an_account(session, role=Role.COLLEGE)
    done(answer_dispute(session, college.actor(), traject, answered, "U hebt gelijk.", "Er komt een tweede.", now))
    second = "Wij kunnen het groen zelf onderhouden, voor de helft van het geld."
    waits = done(raise_dispute(session, a_resident(session), traject, DisputeKind.CHALLENGE, second, now))
    session.commit()
    return waits


def _a_reported_traject(session: Session) -> Traject:
    """A traject of which the document was adopted in time, and the report published."""
    now, manager = now_of(session), runs_all(a_wijkmanager(session))
    phases = _one_after_another(
        now - 10 * WEEK, (PhaseKind.ANALYSE, Level.MEEDENKEN, 8), (PhaseKind.ACCOUNT, Level.MEEDENKEN, 8)
    )
    rules = replace(RULES, weights={}, group_needed=0, division=Division.NONE)
    traject = a_traject(session, phases=phases, rules=rules, title="Hoe staat de wijk ervoor?")
    phase = traject.phases[0]
    done(draft_product(session, manager, phase, "De wijk in beeld", "Er is **veel** veranderd.", now - 6 * WEEK))
    done(adopt_product(session, manager, phase, now - 6 * WEEK + timedelta(days=REACTION_DAYS)))
    done(close_phase(session, manager, phase, now))
    used, not_used = "Alle opmerkingen over het groen.", "Wat over een andere wijk ging."
    done(publish_report(session, manager, traject, used, not_used, "Eerder beginnen.", now))
    session.commit()
    return traject


def _a_restarted_vote(session: Session) -> Round:
    """A vote that was done over, and is in preparation again."""
    budget_round = a_round(session, title="Wijkbudget Havenoost 2026")
    ballots(session, budget_round, [[1]])
    manager, now = runs_all(a_wijkmanager(session)), now_of(session)
    done(restart_vote(session, manager, budget_round, "Op het biljet stond een verkeerd bedrag.", now))
    session.commit()
    return budget_round


def _one_after_another(start: datetime, *lasting: tuple[PhaseKind, Level, int]) -> list[PhaseFacts]:
    """Return phases of a kind, a level and a number of weeks, each of which lasts until the next one."""
    phases: list[PhaseFacts] = []
    for kind, level, weeks in lasting:
        phases.append(PhaseFacts(kind, level, start, start + weeks * WEEK))
        start += weeks * WEEK
    return phases
