"""How does the gemeente publish its besluit, and who hears of it?"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.record import mail, record
from participatie.actions.wijkbudget.bundling import keep_bundle
from participatie.actions.wijkbudget.matching import count_holds
from participatie.models.accounts import Account
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea, Support
from participatie.models.trajecten import followers
from participatie.models.wijkbudget import AllocationLine, Round, allocation_lines
from participatie.spelregels.besluiten import AdviceUse, DeviationGround, may_publish_besluit, objection_until
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.wijkbudget import RoundStatus


def publish_besluit(
    session: Session,
    actor: Actor,
    budget_round: Round,
    *,
    title: str,
    decision_body: str,
    motivation: str,
    deviates: bool,
    ground: DeviationGround | None,
    now: datetime,
    advice_use: AdviceUse | None = None,
) -> Besluit | Refused:
    """Publish the outcome with the besluit about it, and tell authors, supporters and followers.

    Nobody gets two mails: an author is told as author, a supporter of several
    plans about the first of them. The objection term is six weeks from today. After advice `advice_use` says what
    was done with it, and nothing deviates: there is nothing that binds.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    verdict = first_refusal(
        may(actor, Do.PUBLISH_BESLUIT, Place(budget_round.traject.area.path)),
        may_publish_besluit(
            budget_round.status,
            motivation=motivation,
            deviates=deviates,
            ground=ground,
            is_advice=budget_round.is_advice(),
            advice_use=advice_use,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    outcome = count_holds(session, budget_round)
    if isinstance(outcome, Refused):
        return outcome
    is_advice = budget_round.is_advice()
    deviates = deviates and not is_advice
    besluit = Besluit(
        round=budget_round,
        title=title.strip(),
        decision_body=decision_body.strip(),
        motivation=motivation.strip(),
        deviation_ground=ground if deviates else None,
        advice_use=advice_use if is_advice else None,
        objection_until=objection_until(now),
        published_at=now,
        published_by_id=actor.account_id,
    )
    session.add(besluit)
    budget_round.status = RoundStatus.PUBLISHED
    budget_round.traject.touch()
    record(session, actor.account_id, Do.PUBLISH_BESLUIT, besluit, now, round=budget_round.id, deviates=deviates)
    if budget_round.is_voted():
        keep_bundle(session, budget_round, besluit, now)
    _tell(session, besluit, budget_round, now)
    return besluit


def _tell(session: Session, besluit: Besluit, budget_round: Round, now: datetime) -> None:
    lines = session.scalars(allocation_lines(budget_round.id))
    plan_of_idea = {line.plan.idea_id: line for line in lines if line.plan.idea_id is not None}
    common = {
        "title": besluit.title,
        "traject": budget_round.traject.title,
        "round_slug": budget_round.slug,
        "besluit_id": besluit.id,
        "voted": budget_round.is_voted(),
        "chooses": budget_round.chooses(),
        "advice_use": str(besluit.advice_use) if besluit.advice_use else "",
    }
    told: set[int] = set()
    authors = session.execute(
        select(Account, Idea.id)
        .join(Idea, Idea.author_id == Account.id)
        .where(Idea.id.in_(plan_of_idea))
        .order_by(Account.id, Idea.id)
    )
    for author, idea_id in authors:
        if author.id not in told:
            told.add(author.id)
            mail(session, author, "besluit", now, role="author", **common, **_plan_facts(plan_of_idea[idea_id]))
    supporters = session.execute(
        select(Account, Support.idea_id)
        .join(Support, Support.account_id == Account.id)
        .where(Support.idea_id.in_(plan_of_idea))
        .order_by(Account.id, Support.idea_id)
    )
    for supporter, idea_id in supporters:
        if supporter.id not in told:
            told.add(supporter.id)
            mail(session, supporter, "besluit", now, role="supporter", **common, **_plan_facts(plan_of_idea[idea_id]))
    for follower in session.scalars(followers(budget_round.traject_id)):
        if follower.id not in told:
            told.add(follower.id)
            mail(session, follower, "besluit", now, role="follower", **common)


def _plan_facts(line: AllocationLine) -> dict[str, object]:
    return {
        "plan": line.plan.name,
        "number": line.plan.number,
        "funded": line.step is not None or line.funded_cents > 0,
        "funded_cents": line.funded_cents,
    }
