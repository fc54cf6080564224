"""Which pages does the demo gemeente have? One address of every kind that everybody may see."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.wijkbudget import Plan, Round
from participatie.models.wijken import Area, AreaKind
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.wijkbudget import RoundStatus


def public_addresses(session: Session) -> dict[str, str]:
    """Return one address of every kind of public page, by a name for it. Needs the rows of the demo."""
    published = session.scalars(select(Round).where(Round.status == RoundStatus.PUBLISHED).order_by(Round.id)).all()
    voting = session.scalars(select(Round).where(Round.status == RoundStatus.OPEN)).one()
    answered = select(Idea).where(Idea.status == IdeaStatus.NOT_ADMITTED, Idea.hidden_at.is_(None))
    plan = session.scalars(select(Plan).where(Plan.round_id == published[0].id)).first()
    wijk = session.scalars(select(Area).where(Area.kind == AreaKind.WIJK)).first()
    idea, besluit = session.scalars(answered).first(), session.scalars(select(Besluit)).first()
    assert plan and wijk and idea and besluit  # noqa: PT018 - the demo has all of them
    traject, budget = f"/trajecten/{voting.traject.slug}", f"/wijkbudget/{voting.slug}"
    return {
        "home": "/",
        "wijken": "/wijken",
        "wijk": f"/wijken/{wijk.id}",
        "trajecten": "/trajecten",
        "traject": traject,
        "trajectkaart": f"{traject}/trajectkaart",
        "spelregels-van-een-traject": f"{traject}/spelregels",
        "ideeen": f"{traject}/ideeen",
        "idee": f"/ideeen/{idea.id}",
        "wijkbudget": budget,
        "reglement": f"{budget}/reglement",
        "stemmen": f"/stemmen/{voting.slug}",
        "uitslag": f"/wijkbudget/{published[0].slug}/uitslag",
        "laatste-uitslag": f"/wijkbudget/{published[-1].slug}/uitslag",
        "plan": f"/wijkbudget/{published[0].slug}/plannen/{plan.number}",
        "besluiten": "/besluiten",
        "besluit": f"/besluiten/{besluit.id}",
        "spelregels": "/spelregels",
        "toegankelijkheid": "/toegankelijkheid",
        "privacy": "/privacy",
        "over": "/over",
        "inloggen": "/inloggen",
    }
