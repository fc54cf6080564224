"""How does an idea come in: from its author, or written down by a helper for a resident?"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.accounts import account_for
from participatie.actions.moderation import may_be_first, wait_for_look
from participatie.actions.record import mail, record
from participatie.models.accounts import WITHOUT_ADDRESS, Account, account_by_email
from participatie.models.ideas import Idea, ask_of_author, idea_of_household
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area
from participatie.spelregels.ideas import Proposer, may_ask_once, may_be_tabled, may_enter_for
from participatie.spelregels.moderation import Waiting
from participatie.spelregels.permissions import Do, may
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused


@dataclass(frozen=True, slots=True)
class IdeaText:
    """What somebody typed for an idea. `lang` is the language it is written in, `household` a key of an address or None.

    `organisation` names for whom it is, `third_party` who else was asked for money, `partner` who else takes part.
    """

    title: str
    body: str
    own_contribution: str
    lang: str
    proposer: Proposer = Proposer.RESIDENT
    organisation: str = ""
    third_party: str = ""
    partner: str = ""
    overhead_cents: int = 0
    household: str | None = None


@dataclass(frozen=True, slots=True)
class Resident:
    """For whom a helper writes an idea down, and whether that resident said yes to it. `email` may be empty."""

    email: str
    name: str
    consents: bool


def submit_idea(
    session: Session, author: Account, traject: Traject, area: Area, text: IdeaText, now: datetime
) -> Idea | Refused:
    """Publish a resident's idea at once; where the rules say so, the first one of somebody waits for a look."""
    verdict = first_refusal(
        may(author.actor(), Do.SUBMIT_IDEA, traject.facts().place_at(now)),
        _may_table(session, author, traject, area, text),
    )
    if isinstance(verdict, Refused):
        return verdict
    idea = _table(session, author, None, traject, area, text, now)
    if not isinstance(idea, Refused):
        record(session, author.id, Do.SUBMIT_IDEA, idea, now, traject=traject.id)
    return idea


def enter_idea(
    session: Session, helper: Account, resident: Resident, traject: Traject, area: Area, text: IdeaText, now: datetime
) -> Idea | Refused:
    """Publish an idea that a helper wrote down for a resident, who agreed to it and stays its owner (seed 000:1591).

    A resident who is not known here gets an account, and a mail either way; without an address nothing is mailed.
    Refused are no consent and a resident who is known to live elsewhere; for themselves helpers put in as anybody does.
    """
    address = resident.email.strip().lower() or f"{secrets.token_hex(12)}{WITHOUT_ADDRESS}"
    if address == helper.email:
        return submit_idea(session, helper, traject, area, text, now)
    known = session.scalar(account_by_email(address))
    elsewhere = known is not None and known.area is not None and not known.area.path.startswith(traject.area.path)
    verdict = first_refusal(
        may(helper.actor(), Do.ENTER_IDEA, traject.facts().place_at(now)),
        may_enter_for(consents=resident.consents, lives_elsewhere=elsewhere),
        _may_table(session, known, traject, area, text),
    )
    if isinstance(verdict, Refused):
        return verdict
    author = account_for(session, address, text.lang, resident.name, now)
    idea = _table(session, author, helper, traject, area, text, now)
    if not isinstance(idea, Refused):
        record(session, helper.id, Do.ENTER_IDEA, idea, now, traject=traject.id, account=author.id, consent=True)
    return idea


def _may_table(session: Session, author: Account | None, traject: Traject, area: Area, text: IdeaText) -> Verdict:
    rules = traject.ruleset()
    return first_refusal(
        Allowed() if area.path.startswith(traject.area.path) else refused(Refusal.NOT_YOUR_AREA),
        may_be_tabled(text.proposer, text.organisation, rules.weights),
        may_ask_once(
            once=rules.once_per_household,
            household=text.household,
            had_one=rules.once_per_household and _had_one(session, author, traject, text.household or ""),
        ),
    )


def _had_one(session: Session, author: Account | None, traject: Traject, household: str) -> bool:
    """Tell whether this household had its one idea, or this author one for another household: nobody lives in two."""
    if author is not None:
        # One after the other: the database itself knows of one idea for each household, and not for each author.
        session.execute(select(Account.id).where(Account.id == author.id).with_for_update())
        if session.scalar(ask_of_author(traject.id, author.id)) is not None:
            return True
    return session.scalar(idea_of_household(traject.id, household)) is not None


def _table(
    session: Session,
    author: Account,
    helper: Account | None,
    traject: Traject,
    area: Area,
    text: IdeaText,
    now: datetime,
) -> Idea | Refused:
    idea = Idea(
        traject=traject,
        area=area,
        author=author,
        title=text.title.strip(),
        body=text.body.strip(),
        own_contribution=text.own_contribution.strip(),
        lang=text.lang,
        proposer=text.proposer,
        organisation=text.organisation.strip() if text.proposer is not Proposer.RESIDENT else "",
        third_party=text.third_party.strip(),
        partner=text.partner.strip(),
        overhead_cents=text.overhead_cents,
        household_key=text.household if traject.ruleset().once_per_household else None,
        entered_by_id=helper.id if helper else None,
        created_at=now,
    )
    # A helper has seen whom they write for.
    waits = helper is None and may_be_first(session, author, traject)
    if waits:
        idea.hidden_at = now
    try:
        with session.begin_nested():
            session.add(idea)
    except IntegrityError:
        return refused(Refusal.HOUSEHOLD_HAD_ONE)
    item = wait_for_look(session, idea, Waiting.FIRST_POST, now) if waits else None
    traject.touch()
    mail(
        session, author, "idea_received", now,
        idea_id=idea.id, title=idea.title, traject=traject.title, answer_days=traject.answer_days,
        entered=helper is not None, waits_until=item.due_at.isoformat() if item else None,
    )  # fmt: skip
    return idea
