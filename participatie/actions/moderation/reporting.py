"""How does somebody report an idea, with or without an account? Nothing is hidden by that alone, however many do."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.moderation.hiding import hold
from participatie.actions.moderation.queueing import wait_for_look
from participatie.actions.record import record
from participatie.models.ideas import Idea
from participatie.models.moderation import IdeaReport, open_item, reports_by_account, reports_by_network
from participatie.spelregels.keyed_hashes import keyed_hash
from participatie.spelregels.moderation import HouseRule, Waiting, may_report
from participatie.spelregels.permissions import Actor
from participatie.spelregels.verdicts import Refusal, Refused, refused


def report_idea(
    session: Session,
    actor: Actor,
    idea: Idea,
    house_rule: HouseRule,
    explanation: str,
    network: str | None,
    secret_key: str,
    now: datetime,
) -> IdeaReport | Refused:
    """Put an idea before the moderators. Refused are what is not public, a second report while one waits, and too many.

    `network` is where somebody without an account comes from; what is kept of it is a hash for this hour.
    """
    hold(session, idea)
    # Everybody whose network is not known shares one limit.
    from_network = keyed_hash(secret_key, "melding", network or "", f"{now:%Y-%m-%d %H}")
    waiting = session.scalar(open_item(idea.id, Waiting.REPORT))
    earlier = waiting.reports if waiting is not None else []
    who = actor.account_id
    limited = reports_by_network(from_network) if who is None else reports_by_account(who, now - timedelta(hours=1))
    # Whoever sees something wrong, says so: an account would keep away those whom it is about.
    verdict = may_report(
        hidden=idea.hidden_at is not None,
        already=any(
            each.account_id == who if who is not None else network is not None and each.network_hash == from_network
            for each in earlier
        ),
        last_hour=session.scalar(limited) or 0,
    )
    if isinstance(verdict, Refused):
        return verdict
    item = wait_for_look(session, idea, Waiting.REPORT, now)
    report = IdeaReport(
        account_id=who,
        network_hash=from_network if who is None else None,
        house_rule=house_rule,
        explanation=explanation.strip(),
        created_at=now,
    )
    try:
        with session.begin_nested():
            item.reports.append(report)
    except IntegrityError:
        return refused(Refusal.ALREADY_REPORTED)
    record(session, who, "idee gemeld", idea, now, house_rule=str(house_rule))
    return report
