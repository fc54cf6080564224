"""A gemeente in which everything happens at once: collecting, voting, counted, published, and drafts beside it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.ideas import assess_idea
from participatie.actions.moderation import hide_idea
from participatie.actions.wijkbudget import add_milestone, finish_milestone, pay
from participatie.models.accounts import Account
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.organisations import Organisation
from participatie.models.promises import Promise
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round
from participatie.spelregels.ideas import Test
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Actor, Grant, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import BallotKind
from tests.blueprints.governed_world import GovernedWorld, a_governed_world
from tests.blueprints.panel_world import PanelWorld, a_panel_world
from tests.factories import (
    World,
    a_gemeente,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    ballots,
    count_it,
    done,
    now_of,
    runs_all,
    support,
)
from tests.factories.moderation import an_organisation
from tests.factories.promises import a_promise
from tests.factories.remembered import remembered


@dataclass(frozen=True, slots=True)
class FullWorld:
    """One of everything that has a page."""

    places: World
    collecting: Traject
    idea: Idea
    arabic_idea: Idea
    hidden_idea: Idea
    voting: Round
    counted: Round
    published: Round
    besluit: Besluit
    draft_traject: Traject
    draft_round: Round
    governed: GovernedWorld
    panels: PanelWorld
    organisation: Organisation
    promise: Promise

    def public_addresses(self) -> list[str]:
        """Every address with a page for everybody."""
        voting, published = f"/wijkbudget/{self.voting.slug}", f"/wijkbudget/{self.published.slug}"
        traject = f"/trajecten/{self.collecting.slug}"
        return [
            "/", "/spelregels", "/toegankelijkheid", "/privacy", "/over", "/inloggen",
            "/wijken", *(f"/wijken/{area.id}" for area in [*self.places.wijken, self.places.buurten[0]]),
            "/trajecten", traject, f"{traject}/trajectkaart", f"{traject}/ideeen",
            f"{traject}/ideeen?buurt={self.places.buurten[1].id}&status=toegelaten",
            f"/trajecten/{self.voting.traject.slug}", f"/trajecten/{self.published.traject.slug}",
            f"/ideeen/{self.idea.id}", f"/ideeen/{self.arabic_idea.id}", f"/ideeen/{self.idea.id}/gemeld",
            "/bewonersorganisaties", f"/bewonersorganisaties/{self.organisation.id}", "/moderatie/openbaar",
            voting, f"{voting}/plannen/1", f"{voting}/reglement", f"{voting}/proef", f"/stemmen/{self.voting.slug}",
            f"/wijkbudget/{self.counted.slug}", f"/wijkbudget/{self.counted.slug}/plannen/1",
            f"/stemmen/{self.counted.slug}",
            published, f"{published}/plannen/1", f"{published}/plannen/2", f"{published}/plannen/3",
            f"{published}/reglement", f"{published}/uitslag", f"{published}/bewijs",
            f"{published}/uitslag/zonder-geld", f"{published}/andere-regels",
            "/besluiten", f"/besluiten/{self.besluit.id}", "/antwoorden", f"/besluiten/{self.besluit.id}/versies/1",
            *(f"/wijken/{self.places.wijken[0].id}/{paper}" for paper in ("krant", "brief")),
            *(f"/wijken/{self.places.wijken[0].id}/{page}" for page in ("kasboek", "toezeggingen")),
            f"{traject}/toezeggingen", f"/toezeggingen/{self.promise.id}",
            *(f"/trajecten/{self.published.traject.slug}/{paper}" for paper in ("krant", "brief")), f"{traject}/poster",
            *self.governed.public_addresses(),
            *self.panels.public_addresses(),
        ]  # fmt: skip

    def closed_addresses(self) -> list[str]:
        """Every address of what is not public: for visitors there is nothing there."""
        draft, draft_round = f"/trajecten/{self.draft_traject.slug}", f"/wijkbudget/{self.draft_round.slug}"
        hidden = f"/ideeen/{self.hidden_idea.id}"
        return [
            draft, f"{draft}/trajectkaart", f"{draft}/spelregels", f"{draft}/spelregels.json", f"{draft}/feed",
            f"{draft}/krant", f"{draft}/krant.pdf", f"{draft}/brief", f"{draft}/brief.pdf", f"{draft}/poster", f"{draft}/poster.pdf",
            f"{draft}/agenda.ics", f"{draft}/bewerken", f"{draft}/ideeen", f"{draft}/ideeen/nieuw", f"{draft}/ideeen/voor-een-bewoner",
            f"{draft}/voortgang", f"{draft}/fasen/1/niveau", f"{draft}/fasen/1/langer", f"{draft}/fasen/1/stuk",
            f"{draft}/fasen/1/afsluiten", f"{draft}/stukken/1", f"{draft}/nieuws", f"{draft}/nieuws-geven",
            f"{draft}/meer-tijd", f"{draft}/verslag", f"{draft}/verslag-schrijven", f"{draft}/afsluiten",
            f"{draft}/verslag-voorbeeld", f"{draft}/verslag/afdrukken", f"{draft}/verslag/versies/1",
            f"{draft}/verslag/versies/1/archief.zip", f"{draft}/bijeenkomsten", f"{draft}/bijeenkomsten/nieuw",
            f"{draft}/geschillen", f"{draft}/geschillen/voorleggen", f"{draft}/balans", f"{draft}/over-mij",
            f"{draft}/wijkbudget/nieuw", f"{draft}/ideeen/samen-beantwoorden",
            hidden, f"{hidden}/steunen", f"{hidden}/intrekken", f"{hidden}/toetsen", f"{hidden}/antwoorden",
            f"{hidden}/beoordelen", f"{hidden}/melden", f"{hidden}/opnieuw-laten-kijken",
            f"{hidden}/samenvoegen", f"{hidden}/taal", f"{hidden}/verbergen", f"{hidden}/terugzetten", f"{hidden}/meedoen", f"{hidden}/namens-de-gemeente",
            f"{hidden}/afwijken", f"/antwoorden/idee/{self.hidden_idea.id}/overdragen",
            f"{draft_round}/papier", f"{draft_round}/papier/stembiljet", f"{draft_round}/papier/nieuw",
            f"{draft_round}/bewerken", f"{draft_round}/opnieuw", f"{draft_round}/proef/bestand", f"{draft_round}/ingetrokken-reglementen/1",
            draft_round, f"{draft_round}/reglement", f"{draft_round}/reglement.json", f"{draft_round}/uitslag",
            f"{draft_round}/uitslag/zonder-geld", f"{draft_round}/andere-regels", f"{draft_round}/stemmen.csv",
            f"{draft_round}/plannen.csv",
            f"{draft_round}/beheer", f"{draft_round}/stemcodes", f"{draft_round}/besluit", f"{draft_round}/plannen/1",
            f"{draft_round}/plannen/1/uitvoering", f"{draft_round}/plannen/1/kasboek", f"{draft_round}/plannen/1/resultaat",
            f"{draft_round}/plannen/1/uitvoering/fotos/nieuw", f"{draft}/toezeggingen", f"{draft}/toezeggingen/nieuw",
            f"/stemmen/{self.draft_round.slug}",
            f"/stemmen/{self.draft_round.slug}/kiezen", f"/stemmen/{self.draft_round.slug}/mijn-stem",
            f"/wijkbudget/{self.voting.slug}/uitslag", f"/wijkbudget/{self.counted.slug}/uitslag",
            *self.panels.closed_addresses(),
        ]  # fmt: skip


@remembered
def a_full_world(session: Session) -> FullWorld:
    """Build it; the clock stands where the test put it."""
    places = a_gemeente(session)
    now = now_of(session)
    collecting = a_traject(session, phase=PhaseKind.COLLECT)
    idea, hidden = an_idea(session, collecting), an_idea(session, collecting, title="Weg met de buren")
    arabic = an_idea(
        session, collecting, title="مقاعد في الحديقة", body="يريد الجيران الجلوس.\n\n- في الظل\n- قرب الماء", lang="ar"
    )
    support(session, idea, 3)
    assessor = Actor(an_account(session).id, grants=frozenset({Grant(Role.ASSESSOR, "/")}))
    results = {Test.PUBLIC_INTEREST: (True, ""), Test.NO_LASTING_COST: (False, "Er komt onderhoud bij.")}
    done(assess_idea(session, assessor, idea, results, 125_050, now))
    moderator = an_account(session, role=Role.MODERATOR)
    done(hide_idea(session, moderator.actor(), hidden, HouseRule.INSULT, "De eerste zin beledigt de buren.", now))
    voting = a_round(session, ballot_kind=BallotKind.KNAPSACK, categories=["groen", "spelen"], max_choices=2)
    counted = a_round(session, phase=PhaseKind.DECIDE)
    ballots(session, counted, [[1, 3], [2]])
    count_it(session, counted)
    published, besluit = a_published_round(session)
    return FullWorld(
        places, collecting, idea, arabic, hidden, voting, counted, published, besluit,
        draft_traject=a_traject(session, opened=False, title="Nog geheim"),
        draft_round=a_round(session, opened=False, title="Nog niet open"),
        governed=a_governed_world(session),
        panels=a_panel_world(session),
        organisation=an_organisation(session, [places.wijken[0]], [an_account(session)]),
        promise=a_promise(session, places.wijken[0], collecting),
    )  # fmt: skip


def a_published_round(session: Session) -> tuple[Round, Besluit]:
    """A round with a besluit, of which the third plan is being carried out and the second got no money."""
    now, manager = now_of(session), runs_all(a_wijkmanager(session))
    published = a_round(session, phase=PhaseKind.EXECUTE)
    ballots(session, published, [[1, 3], [3], [2]])
    count_it(session, published)
    besluit = publish_besluit(
        session, manager, published,
        title="Het wijkbudget is verdeeld", decision_body="college van burgemeester en wethouders",
        motivation="Wij volgen de **uitslag**.", deviates=False, ground=None, now=now,
    )  # fmt: skip
    plan = published.plans[2]
    step = done(add_milestone(session, manager, plan, "Grond klaarmaken", date(2026, 6, 1), now))
    done(finish_milestone(session, manager, plan, step, date(2026, 5, 3), "Met zijn twintigen.", now))
    done(add_milestone(session, manager, plan, "Planten", date(2026, 9, 1), now))
    done(pay(session, manager, plan, 250_000, date(2026, 5, 1), "Aarde", now))
    session.commit()
    return published, done(besluit)


def somebody(session: Session, role: Role | None = None, elsewhere: bool = False) -> Account:
    """Somebody of the first buurt, with a role in the first wijk (or `elsewhere`: all of it in the second)."""
    places = a_gemeente(session)
    buurt, wijk = places.buurten[2 if elsewhere else 0], places.wijken[int(elsewhere)]
    return an_account(session, area=buurt, role=role, role_area=wijk if role else None)
