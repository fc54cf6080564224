"""Which pages of a buurtpanel do its wijkmanager and its members open, from preparing it to its advice?"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from tests.factories.lots import a_committed_lot
from tests.factories.panel_work import a_meeting, a_question, an_advice, an_answer
from tests.factories.panels import a_panel, seated
from tests.factories.people import now_of


@dataclass(frozen=True, slots=True)
class WorkPages:
    """Pages of a wijkmanager, where a member types their code, and the pages that follow."""

    read: tuple[str, ...]
    entrance: str
    code: str
    of_member: tuple[str, ...]


def work_pages(session: Session) -> WorkPages:
    """A panel in preparation, one that registers, two whose lots wait, one at work, one that gave advice, one answered."""
    draft = a_panel(session, opened=False)
    registering, sitting, advised, answered = (a_panel(session) for _each in range(4))
    waiting, due = a_committed_lot(session), a_committed_lot(session)
    due.due_at = now_of(session) - timedelta(minutes=1)
    (_member, code), *_others = seated(session, sitting)
    seated(session, advised)
    meeting = a_meeting(session, sitting)
    asked, unopened = a_question(session, sitting), a_question(session, sitting, opened=False)
    an_advice(session, advised)
    seated(session, answered)
    an_answer(session, an_advice(session, answered))
    session.commit()
    of = {name: f"/buurtpanels/{panel.slug}" for name, panel in {
        "draft": draft, "registering": registering, "sitting": sitting, "advised": advised, "answered": answered,
        "waiting": waiting.panel, "due": due.panel,
    }.items()}  # fmt: skip
    return WorkPages(
        read=(
            f"/trajecten/{draft.traject.slug}/buurtpanels/nieuw", f"{of['draft']}/beheer", f"{of['draft']}/bewerken",
            f"{of['registering']}/loting/nieuw/leden", f"{of['registering']}/loting/nieuw/adressen",
            f"{of['waiting']}/loting/leden-1/intrekken", f"{of['due']}/loting/leden-1/getal",
            *(f"{of['sitting']}/bijeenkomsten/{page}" for page in
              ("beheer", "nieuw", f"{meeting.id}/bewerken", f"{meeting.id}/afzeggen")),
            *(f"{of['sitting']}/scores/{page}" for page in
              ("nieuw", f"{unopened.id}/bewerken", f"{asked.id}/spreiding")),
            f"{of['sitting']}/advies/geen", f"{of['advised']}/advies/publiceren", f"{of['advised']}/advies/antwoord",
            f"{of['answered']}/advies/besluit",
        ),
        entrance=f"{of['sitting']}/code",
        code=str(code),
        of_member=tuple(f"{of['sitting']}/{page}" for page in ("scores", f"scores/{asked.id}", "belangen")),
    )  # fmt: skip
