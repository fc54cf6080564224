"""How does the gemeente publish its besluit, and who hears of it?"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.besluit_versions import Formal, day_of, keep_version
from participatie.actions.days_off import last_day_to_object
from participatie.actions.record import mail, record
from participatie.actions.telling import readers, stops, tell
from participatie.actions.wijkbudget.bundling import keep_bundle
from participatie.actions.wijkbudget.matching import count_holds
from participatie.actions.withholding import plans_named, withheld_of, withhold
from participatie.models.accounts import Account
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea, Support
from participatie.models.wijkbudget import AllocationLine, Round, allocation_lines
from participatie.spelregels.besluiten import AdviceUse, DeviationGround, SubjectKind, may_date, may_publish_besluit
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.telling import About, Cadence, Told
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
    withheld: Collection[int] = (),
    advice_use: AdviceUse | None = None,
    formal: Formal | None = None,
) -> Besluit | Refused:
    """Publish the outcome with the besluit about it, and tell authors, supporters and followers.

    Authors hear of their own plans at once, all others as often as they chose. Nobody gets two mails. The objection
    term is six weeks from today, and never ends on a day off. After advice `advice_use` says what was done with it, and
    nothing deviates: there is nothing that binds. `withheld` are the numbers of the plans that do not go ahead where it
    deviates; they have no money from then on.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    formal, today = formal or Formal(), day_of(now)
    verdict = first_refusal(
        may(actor, Do.PUBLISH_BESLUIT, Place(budget_round.traject.area.path)),
        may_publish_besluit(
            budget_round.status,
            motivation=motivation,
            deviates=deviates,
            ground=ground,
            withheld=withheld_of(session, budget_round, withheld),
            is_advice=budget_round.is_advice(),
            advice_use=advice_use,
        ),
        may_date(formal.decided_on or today, today, formal.no_objection),
    )
    if isinstance(verdict, Refused):
        return verdict
    outcome = count_holds(session, budget_round)
    if isinstance(outcome, Refused):
        return outcome
    is_advice = budget_round.is_advice()
    deviates = deviates and not is_advice
    besluit = Besluit(
        subject_kind=SubjectKind.ROUND,
        traject=budget_round.traject,
        round=budget_round,
        title=title.strip(),
        decision_body=decision_body.strip(),
        motivation=motivation.strip(),
        deviation_ground=ground if deviates else None,
        advice_use=advice_use if is_advice else None,
        objection_until=last_day_to_object(now),
        published_at=now,
        published_by_id=actor.account_id,
        **formal.columns(today),
    )
    session.add(besluit)
    session.flush()
    withhold(session, besluit, plans_named(session, budget_round, withheld if deviates else ()), now)
    keep_version(session, besluit, actor.account_id, "", now)
    budget_round.status = RoundStatus.PUBLISHED
    budget_round.traject.touch()
    record(session, actor.account_id, Do.PUBLISH_BESLUIT, besluit, now, round=budget_round.id, deviates=deviates)
    if budget_round.is_voted():
        keep_bundle(session, budget_round, besluit, now)
    _tell(session, besluit, budget_round, now)
    return besluit


def _tell(session: Session, besluit: Besluit, budget_round: Round, now: datetime) -> None:
    told = tell_of_plans(session, besluit, budget_round, session.scalars(allocation_lines(budget_round.id)), now)
    tell(session, budget_round.traject, Told.BESLUIT, now, besluit.title, besides=told, besluit=besluit.id)


def tell_of_plans(
    session: Session, besluit: Besluit, budget_round: Round, lines: Iterable[AllocationLine], now: datetime
) -> set[int]:
    """Tell what a besluit does with these plans: their authors, and supporters who hear at once; return whom it told.

    Everybody gets one mail about all of these that are theirs: own plans first, and first of all what does not go ahead.
    """
    plan_of_idea = {line.plan.idea_id: line for line in lines if line.plan.idea_id is not None}
    ground = str(besluit.deviation_ground or "")
    withheld = {each.plan_id for each in besluit.withheld_plans}
    common: dict[str, Any] = {
        "title": besluit.title,
        "traject": budget_round.traject.title,
        "round_slug": budget_round.slug,
        "besluit_id": besluit.id,
        "voted": budget_round.is_voted(),
        "chooses": budget_round.chooses(),
        "advice_use": str(besluit.advice_use) if besluit.advice_use else "",
    }
    theirs: dict[Account, dict[int, dict[str, Any]]] = {}

    def add(account: Account, idea_id: int, role: str) -> None:
        line = plan_of_idea[idea_id]
        facts = {"role": role, **_plan_facts(line), "withheld": ground if line.plan_id in withheld else ""}
        theirs.setdefault(account, {}).setdefault(idea_id, facts)

    authors = (
        select(Account, Idea.id)
        .join(Idea, Idea.author_id == Account.id)
        .where(Idea.id.in_(plan_of_idea))
        .order_by(Account.id, Idea.id)
    )
    for author, idea_id in session.execute(authors):
        add(author, idea_id, "author")
    supporters = (
        select(Account, Support.idea_id)
        .join(Support, Support.account_id == Account.id)
        .where(Support.idea_id.in_(plan_of_idea))
        .order_by(Account.id, Support.idea_id)
    )
    at_once = {
        account.id: secret
        for account, cadence, secret in readers(session, budget_round.traject)
        if cadence is Cadence.AT_ONCE
    }
    for supporter, idea_id in session.execute(supporters):
        if supporter.id in at_once:
            add(supporter, idea_id, "supporter")
    for account, plans in theirs.items():
        first, *others = sorted(plans.values(), key=lambda plan: (plan["role"] != "author", not plan["withheld"]))
        if first["role"] == "supporter":
            first["stop"] = stops(at_once[account.id], account, About.TRAJECT, budget_round.traject_id)
        mail(session, account, "besluit", now, **common, **first, others=others)
    return {account.id for account in theirs}


def _plan_facts(line: AllocationLine) -> dict[str, object]:
    return {
        "plan": line.plan.name,
        "number": line.plan.number,
        "funded": line.step is not None or line.funded_cents > 0,
        "funded_cents": line.funded_cents,
    }
