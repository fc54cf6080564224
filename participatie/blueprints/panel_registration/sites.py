"""Which address, or which person, of a panel is a page about? Whoever shows no code is asked for it, whoever they are."""

from dataclasses import replace

from flask import abort, make_response, redirect, url_for

from participatie.models.buurtpanels import person_with_panel
from participatie.web.access import Site
from participatie.web.panel_members import household_here, person_here
from participatie.web.panel_sites import panel_site, site_of_panel
from participatie.web.sites import found


def home_site(slug: str) -> Site:
    """The address whose letter this browser showed."""
    panel = panel_site(slug).subject
    home = household_here(panel)
    return replace(site_of_panel(panel, is_member=True), subject=home) if home is not None else _to_entrance(slug)


def own_site(slug: str) -> Site:
    """The person whose code this browser showed."""
    panel = panel_site(slug).subject
    person = person_here(panel)
    return replace(site_of_panel(panel, is_member=True), subject=person) if person is not None else _to_entrance(slug)


def panel_person_site(slug: str, person_id: int) -> Site:
    """Somebody who registered for a panel, with the same care for panels in preparation."""
    site = panel_site(slug)
    return replace(site, subject=found(person_with_panel(site.subject.id, person_id)))


def _to_entrance(slug: str) -> Site:
    abort(make_response(redirect(url_for("panel_seats.enter", slug=slug, opnieuw=1), 303)))
