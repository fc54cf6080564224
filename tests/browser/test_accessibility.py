"""Every page is accessible on a phone of 320 px, at normal text and at 200%, in Dutch and from right to left."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from tests.blueprints.full_world import FullWorld, a_full_world
from tests.browser.axe import OF_A_LANGUAGE, Examiner
from tests.browser.conftest import Site
from tests.browser.panel_pages import seat_pages
from tests.browser.panel_pool_pages import pool_pages
from tests.browser.panel_work_pages import work_pages
from tests.browser.people import let_in
from tests.browser.routes import not_visited
from tests.browser.staff_pages import Pages, pages_behind_a_login
from tests.factories import codes

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: In Arabic, every so many pages of staff get all rules of axe; the others get those that depend on the language.
SAMPLE = 4


class Walk:
    """Somebody who looks at all pages in one language, and writes down what is wrong."""

    def __init__(self, examiner: Examiner, site: Site, session: Session, language: str) -> None:
        """Begin with a browser that asks for that language."""
        self.examiner, self.site, self.session, self.language = examiner, site, session, language
        self.context = examiner.page.context
        self.flaws: list[str] = []
        self.visited: list[str] = []
        self._choose_language()

    def look(self, status: int, *expected: int) -> None:
        """Write down what is wrong with the page that is open, which should have come with one of these statuses."""
        page = self.examiner.page
        self.visited.append(page.url)
        if status not in expected:
            self.flaws.append(f"{page.url}: status {status}")
        if page.locator("html").get_attribute("lang") != self.language:
            self.flaws.append(f"{page.url}: not in {self.language}")
        is_sampled = self.language == "nl" or len(self.visited) % SAMPLE == 0 or not self._is_staff
        self.flaws += self.examiner.flaws(None if is_sampled else OF_A_LANGUAGE)

    def read(self, *addresses: str, status: int = 200) -> None:
        """Look at pages."""
        for address in addresses:
            self.look(self.examiner.open(address), status)

    def make_mistakes(self, *addresses: str) -> None:
        """Send the forms of pages with nothing typed, and look at them with their mistakes: that is the form and more."""
        for address in addresses:
            self.examiner.open(address)
            self.look(self.examiner.send_empty(), 400, 403)
            if self.examiner.page.locator("[role=alert]").count() == 0:
                self.flaws.append(f"{address}: no mistake is told")

    def log_in(self, account: Account) -> None:
        """Go on as somebody else."""
        account.locale = self.language
        self.context.clear_cookies()
        self._choose_language()
        let_in(self.context, self.site, self.session, account)
        self.session.commit()
        self._is_staff = True

    def _choose_language(self) -> None:
        self._is_staff = False
        self.context.add_cookies([{"name": "taal", "value": self.language, "url": self.site.url}])


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_page(examiner: Examiner, site: Site, app: Flask, session: Session, language: str) -> None:
    """No page has a flaw that axe knows, none scrolls sideways, all that can be tapped is large enough for a thumb."""
    world = a_full_world(session)
    staff = pages_behind_a_login(session, world)
    asked: list[str] = []
    examiner.page.on("request", lambda request: asked.append(request.url))
    walk = Walk(examiner, site, session, language)
    walk.read(*world.public_addresses())
    walk.read("/wijken/kiezen", "/zonder-verbinding")
    walk.read("/bestaat-niet", status=404)
    session.commit()  # reading the addresses took the lock that whoever logs in needs
    log_in_by_mail(walk)
    vote(walk, world)
    sit_on_a_panel(walk)
    register_for_a_panel(walk)
    work_on_a_panel(walk)
    for somebody in staff:
        visit(walk, somebody)
    assert not walk.flaws, "\n".join(walk.flaws)
    assert [url for url in asked if not url.startswith(site.url)] == []
    assert not (unseen := not_visited(app, walk.visited)), "no page seen of\n" + "\n".join(sorted(unseen))


def log_in_by_mail(walk: Walk) -> None:
    """Ask for a code, with a mistake first."""
    walk.make_mistakes("/inloggen")
    walk.look(walk.examiner.send({"email": "zeynep@lindewaard.example"}), 200)
    walk.look(walk.examiner.send_empty(), 400)


def vote(walk: Walk, world: FullWorld) -> None:
    """Code, ballot, a mistake, check and receipt."""
    [code] = codes(walk.session, world.voting, 1)
    walk.make_mistakes(f"/stemmen/{world.voting.slug}/iemand-anders")
    walk.examiner.open(f"/stemmen/{world.voting.slug}")
    walk.look(walk.examiner.send({"code": "fout"}), 400)
    walk.look(walk.examiner.send({"code": str(code)}), 200)
    walk.look(walk.examiner.send({}, button="verder"), 400)
    walk.look(walk.examiner.send({"keuze": True}, button="verder"), 200)
    walk.look(walk.examiner.send({}, form="form[action$=controleren]"), 200)
    assert walk.examiner.page.url.endswith("/mijn-stem")


def sit_on_a_panel(walk: Walk) -> None:
    """A code with a mistake first, one's own page, and the form to give up the seat."""
    pages = seat_pages(walk.session)
    walk.session.commit()
    walk.examiner.open(pages.entrance)
    walk.look(walk.examiner.send({"code": "fout"}), 400)
    walk.look(walk.examiner.send({"code": pages.code}), 200)
    assert walk.examiner.page.url.endswith("/lid")
    walk.make_mistakes(pages.giving_up)


def register_for_a_panel(walk: Walk) -> None:
    """What a letter is answered with, and what is told anew with an own code, both with their mistakes."""
    pages = pool_pages(walk.session)
    walk.session.commit()
    for code, form in ((pages.of_letter, pages.answering), (pages.of_person, pages.changing)):
        walk.context.clear_cookies(name="participatie")
        walk.examiner.open(pages.entrance)
        walk.look(walk.examiner.send({"code": code}), 200)
        walk.make_mistakes(form)


def work_on_a_panel(walk: Walk) -> None:
    """What a member opens with their own code: scores and interests."""
    pages = work_pages(walk.session)
    walk.session.commit()
    walk.context.clear_cookies(name="participatie")
    walk.examiner.open(pages.entrance)
    walk.look(walk.examiner.send({"code": pages.code}), 200)
    walk.read(*pages.of_member)


def visit(walk: Walk, somebody: Pages) -> None:
    """Everything that one of the residents or staff does."""
    walk.log_in(somebody.account)
    walk.read(*somebody.read)
    walk.make_mistakes(*somebody.filled_in)
