"""Hiding an idea under a house rule, and putting it back."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.moderation import Hiding
from participatie.models.outbox import OutboxMail
from participatie.settings import Settings
from participatie.spelregels.permissions import Role
from participatie.web.mail import render_mail
from tests.blueprints.full_world import somebody
from tests.factories import a_resident, an_idea
from tests.visitor import Visitor

REASON = "In de tweede zin staat het telefoonnummer van een buurvrouw."


@pytest.fixture
def moderator(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """A moderator of the first wijk."""
    return visit_as(somebody(session, Role.MODERATOR))


def hide(moderator: Visitor, idea_id: int) -> None:
    """Hide an idea through its page."""
    moderator.get(f"/ideeen/{idea_id}")
    moderator.click("Verberg dit idee")
    moderator.submit("Verberg het idee", house_rule="privégegevens van anderen", reason=REASON)
    moderator.follow()


def test_a_hidden_idea_is_gone_for_readers(visitor: Visitor, moderator: Visitor, session: Session) -> None:
    idea = an_idea(session, title="Bel mijn buurvrouw")
    address, listed = f"/ideeen/{idea.id}", f"/trajecten/{idea.traject.slug}/ideeen"
    assert idea.title in visitor.get(listed).text
    visitor.get(address)
    hide(moderator, idea.id)
    assert moderator.page is not None
    assert "Het idee is verborgen" in moderator.page.text
    visitor.get(address, 404)
    assert idea.title not in visitor.get(listed).text
    assert idea.title not in visitor.get(f"/trajecten/{idea.traject.slug}/feed").text


def test_its_author_reads_it_with_the_reason_and_gets_a_mail(
    visit_as: Callable[[Account], Visitor], moderator: Visitor, session: Session, settings: Settings
) -> None:
    author = a_resident(session, locale="tr")
    idea = an_idea(session, author=author)
    hide(moderator, idea.id)
    page = visit_as(author).get(f"/ideeen/{idea.id}?taal=nl")
    assert REASON in page.text
    assert "Geen privégegevens van anderen" in page.text
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_hidden")).one()
    assert (mail.recipient, mail.locale) == (author.email, "tr")
    assert REASON in render_mail(mail.template, mail.locale, mail.facts, settings).body


def test_it_comes_back_with_a_reason_and_a_mail(visitor: Visitor, moderator: Visitor, session: Session) -> None:
    idea = an_idea(session)
    hide(moderator, idea.id)
    moderator.click("Zet dit idee terug")
    moderator.submit("Zet het idee terug", reason="Het nummer is weg.")
    assert "staat weer online" in moderator.follow().text
    visitor.get(f"/ideeen/{idea.id}")
    assert session.scalars(select(OutboxMail.template).order_by(OutboxMail.id)).all()[-1] == "idea_restored"
    assert session.scalars(select(Hiding)).one().restored_reason == "Het nummer is weg."


def test_a_rival_does_not_moderate(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    """A moderator with an idea of their own in the traject."""
    rival = somebody(session, Role.MODERATOR)
    idea = an_idea(session)
    an_idea(session, idea.traject, author=rival)
    visitor = visit_as(rival)
    visitor.get(f"/ideeen/{idea.id}/verbergen")
    page = visitor.submit("Verberg het idee", house_rule="reclame", reason=REASON, status=403)
    assert "Vraag een andere moderator" in page.text
    assert REASON in page.text
    assert idea.hidden_at is None


@pytest.mark.parametrize(
    "fields", [{"reason": REASON}, {"house_rule": "reclame"}, {"house_rule": "lelijk", "reason": REASON}]
)
def test_hiding_needs_a_house_rule_and_a_reason(moderator: Visitor, session: Session, fields: dict[str, str]) -> None:
    idea = an_idea(session)
    moderator.get(f"/ideeen/{idea.id}/verbergen")
    page = moderator.submit("Verberg het idee", **fields, status=400)
    assert fields.get("reason", "") in page.text
    assert idea.hidden_at is None


def test_hiding_twice_and_restoring_what_is_not_hidden_are_refused(moderator: Visitor, session: Session) -> None:
    idea = an_idea(session)
    moderator.get(f"/ideeen/{idea.id}/terugzetten")
    assert "niet verborgen" in moderator.submit("Zet het idee terug", reason="Zomaar.", status=403).text
    hide(moderator, idea.id)
    moderator.get(f"/ideeen/{idea.id}/verbergen")
    page = moderator.submit("Verberg het idee", house_rule="reclame", reason=REASON, status=403)
    assert "al verborgen" in page.text


def test_a_moderator_of_another_wijk_sees_and_hides_nothing_here(
    visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    idea = an_idea(session)
    other = visit_as(somebody(session, Role.MODERATOR, elsewhere=True))
    assert idea.title not in other.get("/moderatie").text
    other.get(f"/ideeen/{idea.id}/verbergen", 403)


def test_the_list_shows_what_is_hidden_and_why(moderator: Visitor, session: Session) -> None:
    idea = an_idea(session, body="Kort en krachtig.")
    hide(moderator, idea.id)
    text = moderator.get("/moderatie").text
    assert "verborgen" in text
    assert REASON in text


def test_a_hidden_idea_finds_no_support(
    visit_as: Callable[[Account], Visitor], moderator: Visitor, session: Session
) -> None:
    idea = an_idea(session)
    neighbour = visit_as(a_resident(session))
    neighbour.get(f"/ideeen/{idea.id}")
    assert neighbour.page is not None
    filled = neighbour.page.form("Ik steun dit idee").filled({})
    hide(moderator, idea.id)
    neighbour.send(filled, 404)
    assert idea.support_count == 0
