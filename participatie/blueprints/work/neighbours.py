"""What waits for those who work between residents and the gemeente: the moderator and the helper?"""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from participatie.actions.balance import balances_of
from participatie.blueprints.work.gemeente import late
from participatie.blueprints.work.paper import paper_of
from participatie.blueprints.work.rows import Desk, WorkList, WorkRow, list_of
from participatie.blueprints.work.waiting import waiting_of
from participatie.models.content_translations import count_translations_to_judge, translations_to_judge
from participatie.models.exposure import exposure_of
from participatie.models.ideas import Idea, count_ideas_to_moderate, ideas_to_moderate
from participatie.models.trajecten import Traject
from participatie.models.work import count_least_seen_ideas, least_seen_ideas
from participatie.spelregels.permissions import Do, Role, may
from participatie.spelregels.trajecten import TrajectStatus
from participatie.web.formats import day, last_day, number
from participatie.web.transaction import db
from participatie.web.words import word


def of_moderator(desk: Desk) -> list[WorkList]:
    """Return the newest ideas, where one side holds too much, what the gemeente is late with, and what few people saw."""
    paths = desk.paths[Role.MODERATOR]
    running = [each for each in desk.trajecten_as(Role.MODERATOR) if each.status is TrajectStatus.OPEN]

    def newest(start: int, number: int) -> list[WorkRow]:
        found = db().scalars(ideas_to_moderate(*paths).offset(start).limit(number))
        return [_idea_row(each, _("ingediend op %(day)s", day=day(each.created_at))) for each in found]

    def least_seen(start: int, number: int) -> list[WorkRow]:
        found = db().scalars(least_seen_ideas(*paths).offset(start).limit(number)).all()
        shown = {idea_id: times for idea_id, times, _opened in db().execute(exposure_of([each.id for each in found]))}
        return [_idea_row(each, seen_times(shown.get(each.id, 0))) for each in found]

    def translated(start: int, number: int) -> list[WorkRow]:
        found = db().scalars(translations_to_judge(*paths).offset(start).limit(number))
        return [
            WorkRow(
                each.heading(),
                url_for("translations.judge", translation_id=each.id),
                each.traject.title,
                _("ingestuurd op %(day)s", day=day(each.created_at)),
                lang=each.lang,
            )
            for each in found
        ]

    owed = late(desk, running, "disputes.overview")
    return [
        waiting_of(desk),
        WorkList("nieuw", _("Nieuwste ideeën"), db().scalar(count_ideas_to_moderate(*paths)) or 0, newest),
        WorkList(
            "vertalingen", _("Vertalingen nakijken"), db().scalar(count_translations_to_judge(*paths)) or 0, translated
        ),
        list_of("balans", _("Eén kant heeft te veel inbreng"), _out_of_balance(running)),
        WorkList("voorleggen", _("Te laat: u kunt dit voorleggen"), owed.total, owed.part),
        paper_of(desk, Role.MODERATOR),
        WorkList("minst-gezien", _("Minst gezien"), db().scalar(count_least_seen_ideas(*paths)) or 0, least_seen),
    ]


def of_helper(desk: Desk) -> list[WorkList]:
    """Return the trajecten in which an idea of a resident can be written down now."""
    rows = []
    for traject in desk.trajecten_as(Role.HELPER):
        phase = traject.phase_at(desk.now)
        if phase is not None and may(desk.actor, Do.ENTER_IDEA, traject.facts().place_at(desk.now)):
            mark = _("kan tot en met %(day)s", day=last_day(phase.ends_at))
            meetings = (
                _("bijeenkomsten van %(title)s", title=traject.title),
                url_for("ideas.meetings", slug=traject.slug),
            )
            rows.append(
                WorkRow(
                    traject.title, url_for("ideas.enter", slug=traject.slug), traject.area.name, mark, more=meetings
                )
            )
    return [list_of("invoeren", _("Hier kunt u ideeën van bewoners invoeren"), rows), paper_of(desk, Role.HELPER)]


def seen_times(times: int) -> str:
    """Say how often an idea was shown in a list."""
    return str(ngettext("%(times)s keer getoond", "%(times)s keer getoond", times, times=number(times)))


def _out_of_balance(trajecten: Sequence[Traject]) -> list[WorkRow]:
    balances = balances_of(db(), trajecten) if trajecten else {}
    return [
        WorkRow(
            traject.title, url_for("balance.overview", slug=traject.slug),
            _("%(side)s heeft %(percent)s procent van %(of)s", side=word(over[0].side), percent=over[0].percent(), of=word(over[0].of)),
            late=True,
        )
        for traject in trajecten
        if (over := balances[traject.id].over(traject.ruleset().dominance_percent))
    ]  # fmt: skip


def _idea_row(idea: Idea, mark: str) -> WorkRow:
    return WorkRow(
        idea.title,
        url_for("ideas.detail", idea_id=idea.id),
        _("%(place)s, in %(traject)s", place=idea.area.name, traject=idea.traject.title),
        _("verborgen") if idea.hidden_at is not None else mark,
        lang=idea.lang,
    )
