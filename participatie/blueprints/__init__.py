"""The addresses of the site: one folder a feature, each with its routes and its forms."""

from participatie.blueprints.accounts.routes import blueprint as accounts
from participatie.blueprints.balance.routes import blueprint as balance
from participatie.blueprints.besluiten.routes import blueprint as besluiten
from participatie.blueprints.demo.routes import blueprint as demo
from participatie.blueprints.disputes.routes import blueprint as disputes
from participatie.blueprints.groups.routes import blueprint as groups
from participatie.blueprints.ideas.routes import blueprint as ideas
from participatie.blueprints.moderation.routes import blueprint as moderation
from participatie.blueprints.pages.routes import blueprint as pages
from participatie.blueprints.phases.telling import blueprint as phases
from participatie.blueprints.trajecten.making import blueprint as trajecten
from participatie.blueprints.votes.routes import blueprint as votes
from participatie.blueprints.wijkbudget.open_data import blueprint as wijkbudget
from participatie.blueprints.wijken.routes import blueprint as wijken

ALL = (
    pages,
    wijken,
    accounts,
    trajecten,
    phases,
    ideas,
    groups,
    moderation,
    votes,
    wijkbudget,
    besluiten,
    balance,
    disputes,
)

__all__ = ["ALL", "demo"]
