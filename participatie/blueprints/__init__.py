"""The addresses of the site: one folder a feature, each with its routes and its forms."""

from participatie.blueprints.accounts.elsewhere import blueprint as accounts
from participatie.blueprints.anomalies.routes import blueprint as anomalies
from participatie.blueprints.answers.routes import blueprint as answers
from participatie.blueprints.audit.routes import blueprint as audit
from participatie.blueprints.balance.routes import blueprint as balance
from participatie.blueprints.besluiten.deciding import blueprint as besluiten
from participatie.blueprints.buurtpanels.routes import blueprint as buurtpanels
from participatie.blueprints.codes.routes import blueprint as codes
from participatie.blueprints.demo.routes import blueprint as demo
from participatie.blueprints.disputes.routes import blueprint as disputes
from participatie.blueprints.groups.routes import blueprint as groups
from participatie.blueprints.ideas.meetings import blueprint as ideas
from participatie.blueprints.ledger.areas import blueprint as ledger
from participatie.blueprints.merging.routes import blueprint as merging
from participatie.blueprints.moderation.log import blueprint as moderation
from participatie.blueprints.organisations.routes import blueprint as organisations
from participatie.blueprints.pages.routes import blueprint as pages
from participatie.blueprints.panel_lots.managing import blueprint as panel_lots
from participatie.blueprints.panel_registration.inviting import blueprint as panel_registration
from participatie.blueprints.panel_seats.staff import blueprint as panel_seats
from participatie.blueprints.panel_work.advising import blueprint as panel_work
from participatie.blueprints.paper.settling import blueprint as paper
from participatie.blueprints.phases.reporting import blueprint as phases
from participatie.blueprints.photos.routes import blueprint as photos
from participatie.blueprints.places.routes import blueprint as places
from participatie.blueprints.promises.routes import blueprint as promises
from participatie.blueprints.residence.routes import blueprint as residence
from participatie.blueprints.shell.routes import blueprint as shell
from participatie.blueprints.telling.routes import blueprint as telling
from participatie.blueprints.trajecten.making import blueprint as trajecten
from participatie.blueprints.translations.routes import blueprint as translations
from participatie.blueprints.votes.routes import blueprint as votes
from participatie.blueprints.wijkbudget.rehearsing import blueprint as wijkbudget
from participatie.blueprints.wijken.routes import blueprint as wijken
from participatie.blueprints.wijkkrant.routes import blueprint as wijkkrant
from participatie.blueprints.work.routes import blueprint as work

ALL = (
    pages,
    work,
    audit,
    shell,
    wijken,
    accounts,
    residence,
    trajecten,
    phases,
    ideas,
    places,
    photos,
    groups,
    moderation,
    organisations,
    merging,
    votes,
    codes,
    wijkbudget,
    ledger,
    promises,
    anomalies,
    paper,
    buurtpanels,
    panel_lots,
    panel_registration,
    panel_seats,
    panel_work,
    besluiten,
    balance,
    disputes,
    translations,
    telling,
    wijkkrant,
    answers,
)

__all__ = ["ALL", "demo"]
