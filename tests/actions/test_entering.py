"""An idea that a helper writes down for a resident."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.ideas import IdeaText, Resident, enter_idea, withdraw_idea
from participatie.models.accounts import Account, account_by_email
from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.models.trajecten import Traject
from participatie.settings import Settings
from participatie.spelregels.ideas import IdeaStatus, Proposer
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.mail import render_mail
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_traject, an_account, done

TEXT = IdeaText("Een bankje", "Ik wil zitten onderweg naar de winkel.", "Ik houd het schoon.", "tr")
ADDRESS = "mevrouw-yilmaz@voorbeeld.example"


def helper(session: Session, role: Role = Role.HELPER) -> Account:
    return an_account(session, role=role, role_area=a_gemeente(session).wijken[0])


def enter(
    session: Session,
    who: Account,
    traject: Traject,
    clock: TurnableClock,
    *,
    email: str = ADDRESS,
    consents: bool = True,
    text: IdeaText = TEXT,
) -> Idea | Refused:
    resident = Resident(email, " Ayşe Yılmaz ", consents)
    return enter_idea(session, who, resident, traject, a_gemeente(session).buurten[0], text, clock.now)


@pytest.mark.parametrize("role", [Role.HELPER, Role.MODERATOR])
def test_the_resident_owns_what_a_helper_wrote_down(session: Session, clock: TurnableClock, role: Role) -> None:
    """Café DOEN (seed 000:1591, fixture F5)."""
    who, traject = helper(session, role), a_traject(session)
    idea = done(enter(session, who, traject, clock, email=f" {ADDRESS.upper()} "))
    session.commit()
    owner = session.scalars(account_by_email(ADDRESS)).one()
    assert (idea.author_id, idea.entered_by_id) == (owner.id, who.id)
    assert (owner.name, owner.locale, owner.area_id) == ("Ayşe Yılmaz", "tr", None)
    row = session.scalars(select(AuditRow).where(AuditRow.act == Do.ENTER_IDEA)).one()
    assert (row.actor_id, row.object_id) == (who.id, idea.id)
    assert (row.facts["account"], row.facts["consent"]) == (owner.id, True)
    assert not [typed for typed in (ADDRESS, "Ayşe", "bankje") if typed in str(row.facts)]
    done(withdraw_idea(session, owner, idea, clock.now))
    assert idea.status is IdeaStatus.WITHDRAWN


def test_the_resident_hears_of_it_and_what_to_do_when_it_was_not_agreed(
    session: Session, clock: TurnableClock, settings: Settings
) -> None:
    done(enter(session, helper(session), a_traject(session), clock))
    session.commit()
    mail = session.scalars(select(OutboxMail)).one()
    assert (mail.recipient, mail.locale) == (ADDRESS, "tr")
    body = render_mail(mail.template, "nl", mail.facts, settings).body
    assert "Een helper schreef dit idee voor u op" in body
    assert "trek het idee in" in body


def test_who_has_an_account_keeps_name_and_language(session: Session, clock: TurnableClock) -> None:
    known = an_account(session, area=a_gemeente(session).buurten[1], name="Mevrouw Y.", locale="nl")
    idea = done(enter(session, helper(session), a_traject(session), clock, email=known.email))
    assert idea.author_id == known.id
    assert (known.name, known.locale) == ("Mevrouw Y.", "nl")


def test_nothing_is_kept_of_somebody_who_did_not_agree(session: Session, clock: TurnableClock) -> None:
    verdict = enter(session, helper(session), a_traject(session), clock, consents=False)
    assert verdict == refused(Refusal.CONSENT_MISSING)
    session.commit()
    assert session.scalar(account_by_email(ADDRESS)) is None
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 0


def test_the_rules_hold_for_what_is_entered_too(session: Session, clock: TurnableClock) -> None:
    text = IdeaText("Coach", "Wij sturen een coach.", "", "nl", Proposer.PROFESSIONAL, "Bureau Groen")
    verdict = enter(session, helper(session), a_traject(session), clock, text=text)
    assert verdict == refused(Refusal.NOT_FROM_RESIDENTS)
    session.commit()
    assert session.scalar(account_by_email(ADDRESS)) is None, "a refused idea leaves no account behind"


def test_who_lives_elsewhere_does_not_come_in_through_a_helper(session: Session, clock: TurnableClock) -> None:
    elsewhere = an_account(session, area=a_gemeente(session).buurten[-1])
    verdict = enter(session, helper(session), a_traject(session), clock, email=elsewhere.email)
    assert verdict == refused(Refusal.RESIDENT_ELSEWHERE)


def test_helpers_put_in_for_themselves_as_anybody_does(session: Session, clock: TurnableClock) -> None:
    """A role for a wijk does not make somebody live there."""
    who, traject = helper(session), a_traject(session)
    assert enter(session, who, traject, clock, email=who.email) == refused(Refusal.NOT_YOUR_AREA)
    who.area = a_gemeente(session).buurten[0]
    own = done(enter(session, who, traject, clock, email=who.email))
    assert (own.author_id, own.entered_by_id) == (who.id, None)


def test_only_helpers_and_moderators_of_the_area_enter_while_ideas_come_in(
    session: Session, clock: TurnableClock
) -> None:
    traject, places = a_traject(session), a_gemeente(session)
    for account in (
        an_account(session, area=places.buurten[0]),
        an_account(session, role=Role.HELPER, role_area=places.wijken[1]),
        an_account(session, role=Role.WIJKMANAGER),
    ):
        verdict = enter(session, account, traject, clock)
        assert isinstance(verdict, Refused)
        assert verdict.code is Refusal.NOT_YOUR_ROLE
    late = enter(session, helper(session), a_traject(session, phase=PhaseKind.ASSESS), clock)
    assert isinstance(late, Refused)
    assert late.code is Refusal.WRONG_PHASE
