"""How do people take part in carrying out an idea, and how is a failed test set aside by two of them?"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.ideas.holding import hold
from participatie.actions.ideas.owning import may_judge_idea
from participatie.actions.record import record
from participatie.models.accounts import Account
from participatie.models.groups import Override, Participant
from participatie.models.ideas import Idea
from participatie.spelregels.ideas import Party, Test, is_waiting, may_join
from participatie.spelregels.overrides import may_give_opinion, may_propose
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


def join_idea(
    session: Session, account: Account, idea: Idea, party: Party, organisation: str, offer: str, now: datetime
) -> Participant | Refused:
    """Take part in an idea with time, things or money: as a resident, for an organisation, or for the gemeente."""
    place = idea.traject.facts().place_at(now)
    staff = party is Party.GEMEENTE
    already = any(participant.account_id == account.id for participant in idea.participants)
    verdict = first_refusal(
        may(account.actor(), Do.STAND_BESIDE_IDEA if staff else Do.JOIN_IDEA, place),
        may_join(idea.facts(), party, organisation, already=already, is_staff=staff),
    )
    if isinstance(verdict, Refused):
        return verdict
    participant = Participant(
        idea_id=idea.id,
        account_id=account.id,
        party=party,
        organisation=organisation.strip(),
        offer=offer.strip(),
        since=now,
    )
    try:
        with session.begin_nested():
            session.add(participant)
    except IntegrityError:
        return refused(Refusal.ALREADY_IN_GROUP)
    idea.traject.touch()
    record(session, account.id, Do.STAND_BESIDE_IDEA if staff else Do.JOIN_IDEA, idea, now, party=str(party))
    session.expire(idea, ["participants"])
    return participant


def propose_override(
    session: Session, actor: Actor, idea: Idea, test: Test, reason: str, now: datetime
) -> Override | Refused:
    """Propose to set a failed hard test aside, with a public reason; it counts when a second person agrees."""
    hold(session, idea)
    proposed = any(override.test is test for override in idea.overrides)
    weight = idea.traject.ruleset().weight(test)
    verdict = first_refusal(
        may(actor, Do.OVERRIDE_TEST, idea.traject.facts().place_at(now)),
        is_waiting(idea.facts()),
        may_judge_idea(session, idea, actor.account_id),
        may_propose(weight, reason, failed=idea.outcomes().get(test) is False, proposed=proposed),
    )
    if isinstance(verdict, Refused):
        return verdict
    if actor.account_id is None:
        return refused(Refusal.SAME_PERSON)
    override = Override(
        idea_id=idea.id, test=test, proposed_by_id=actor.account_id, reason=reason.strip(), proposed_at=now
    )
    session.add(override)
    idea.traject.touch()
    record(session, actor.account_id, Do.OVERRIDE_TEST, idea, now, test=str(test), step="proposed")
    session.expire(idea, ["overrides"])
    return override


def give_opinion(
    session: Session, actor: Actor, idea: Idea, test: Test, reason: str, now: datetime, *, agrees: bool
) -> Override | Refused:
    """Agree or disagree as the second person, or settle it as the third. Nobody does so twice, nor on an own idea."""
    hold(session, idea)
    found = select(Override).where(Override.idea_id == idea.id, Override.test == test)
    override = session.scalar(found.with_for_update())
    if override is None:
        return refused(Refusal.NOTHING_TO_OVERRIDE)
    verdict = first_refusal(
        may(actor, Do.OVERRIDE_TEST, idea.traject.facts().place_at(now)),
        is_waiting(idea.facts()),
        may_judge_idea(session, idea, actor.account_id),
        may_give_opinion(override.state(), override.involved(), actor.account_id, reason),
    )
    if isinstance(verdict, Refused):
        return verdict
    if override.second_id is None:
        override.second_id, override.second_agrees, override.second_reason = actor.account_id, agrees, reason.strip()
    else:
        override.third_id, override.third_agrees, override.third_reason = actor.account_id, agrees, reason.strip()
    idea.traject.touch()
    record(session, actor.account_id, Do.OVERRIDE_TEST, idea, now, test=str(test), agrees=agrees)
    session.expire(idea, ["overrides"])
    return override
