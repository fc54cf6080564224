"""Which member of a panel is in this browser? Somebody else is asked for the code, or to confirm the seat first."""

from flask import abort, make_response, redirect, url_for

from participatie.models.buurtpanels import PanelPerson, ScoreQuestion, question_of
from participatie.spelregels.buurtpanels.members import SEATED, MemberStatus
from participatie.web.access import Site
from participatie.web.panel_members import person_here
from participatie.web.panel_sites import panel_site
from participatie.web.sites import found


def member_site(slug: str) -> Site:
    """The person in this browser, who has a seat on this panel; others with a code go back to their own page."""
    site = panel_site(slug)
    person = person_here(site.subject)
    if person is None:
        abort(make_response(redirect(url_for("panel_seats.enter", slug=slug, opnieuw=1), 303)))
    if person.status not in SEATED:
        abort(make_response(redirect(url_for("panel_seats.member", slug=slug), 303)))
    return Site(person, site.place, is_panel_member=True)


def scorer_site(slug: str) -> Site:
    """The same, for whoever confirmed the seat; who did not is sent to do so."""
    site = member_site(slug)
    if site.subject.status is MemberStatus.DRAWN:
        abort(make_response(redirect(url_for("panel_seats.member", slug=slug), 303)))
    return site


def question_site(slug: str, question_id: int) -> Site:
    """That person, with a question that was opened; one that is being written is not there yet."""
    site = scorer_site(slug)
    person: PanelPerson = site.subject
    question: ScoreQuestion = found(question_of(person.panel_id, question_id))
    if question.opened_at is None:
        abort(404)
    return Site((person, question), site.place, is_panel_member=site.is_panel_member)
