"""What waits for those who work for the gemeente: the wijkmanager, the assessor and the college?"""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from participatie.blueprints.work.paper import paper_of
from participatie.blueprints.work.promises import promises_for, steps_for
from participatie.blueprints.work.rows import Desk, WorkList, WorkRow, list_of, list_of_ideas
from participatie.blueprints.work.unanswered import unanswered
from participatie.blueprints.work.waiting import waiting_of
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round
from participatie.models.work import (
    assessed_so_far,
    unfinished_rounds,
    waiting_overrides,
)
from participatie.spelregels.answers import term_ends
from participatie.spelregels.duties import DutyState
from participatie.spelregels.ideas import EVIDENCE, Evidence, Test, Weight
from participatie.spelregels.permissions import Do, Role, may
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.formats import day, last_day
from participatie.web.transaction import db
from participatie.web.words import word

#: Of rounds and proposals so many are looked at; there are never that many unfinished ones.
LOOKED_AT = 200
#: The tests that an assessor judges; the others are counted, or declared by the author.
JUDGED = tuple(test for test in Test if EVIDENCE[test] is Evidence.ASSESSED)


def of_wijkmanager(desk: Desk) -> list[WorkList]:
    """Return what is late, the answers owed, phases to close, rounds, overrides, drafts, and all that runs."""
    mine, paths = desk.trajecten_as(Role.WIJKMANAGER), desk.paths[Role.WIJKMANAGER]
    drafts = [each for each in mine if each.status is TrajectStatus.DRAFT]
    running = [each for each in mine if each.status is TrajectStatus.OPEN]
    return [
        unanswered(desk, Role.WIJKMANAGER),
        late(desk, mine, "phases.manage"),
        waiting_of(desk),
        promises_for(desk, Role.WIJKMANAGER),
        steps_for(desk, Role.WIJKMANAGER),
        list_of("fasen", _("Fasen om af te sluiten"), _phases(desk, running)),
        list_of("stemrondes", _("Stemrondes"), _rounds(desk, paths)),
        paper_of(desk, Role.WIJKMANAGER),
        overrides(desk, Role.WIJKMANAGER),
        list_of(
            "concepten", _("Concepten"),
            [WorkRow(each.title, url_for("trajecten.detail", slug=each.slug), each.area.name) for each in drafts],
        ),
        list_of("trajecten", _("Trajecten"), [progress(each) for each in running]),
    ]  # fmt: skip


def of_assessor(desk: Desk) -> list[WorkList]:
    """Return the ideas that wait for a test that an assessor can do now, and proposals to set a test aside."""
    open_now = [
        each for each in desk.trajecten_as(Role.ASSESSOR)
        if may(desk.actor, Do.ASSESS_IDEA, each.facts().place_at(desk.now))
    ]  # fmt: skip
    asked = {each.id: _tests_asked(each) for each in open_now}
    rows = db().execute(assessed_so_far(list(asked), JUDGED)) if asked else ()
    due = [
        (idea_id, term_ends(put_in, days))
        for idea_id, traject_id, put_in, days, tested in rows
        if tested < asked[traject_id]
    ]
    return [
        list_of_ideas("toetsen", _("Ideeën om te toetsen"), due, desk.now),
        overrides(desk, Role.ASSESSOR),
    ]


def of_college(desk: Desk) -> list[WorkList]:
    """Return the disputes to answer, the besluiten to take, the overrides to second, what is late, and what runs."""
    paths, mine = desk.paths[Role.COLLEGE], desk.trajecten_as(Role.COLLEGE)
    counted = [each for each in _unfinished(paths) if each.status is RoundStatus.COUNTED]
    running = [each for each in mine if each.status is TrajectStatus.OPEN]
    return [
        unanswered(desk, Role.COLLEGE),
        waiting_of(desk),
        list_of(
            "besluiten", _("Besluiten om te nemen"),
            [WorkRow(each.title, url_for("besluiten.new", slug=each.slug), each.traject.title) for each in counted],
        ),
        promises_for(desk, Role.COLLEGE),
        overrides(desk, Role.COLLEGE),
        late(desk, mine, "phases.manage"),
        list_of("trajecten", _("Trajecten"), [progress(each) for each in running]),
    ]  # fmt: skip


def late(desk: Desk, trajecten: Sequence[Traject], endpoint: str) -> WorkList:
    """Return every duty that is late, the oldest first; `endpoint` is the page of a traject where it is seen or done."""
    overdue = [
        (duty, traject) for traject in trajecten for duty in desk.duties.get(traject.id, ())
        if duty.state is DutyState.OVERDUE
    ]  # fmt: skip
    overdue.sort(key=lambda each: (each[0].due_at or desk.now, each[1].id))
    return list_of(
        "te-laat", _("Te laat"),
        [
            WorkRow(
                traject.title, url_for(endpoint, slug=traject.slug), word(duty.duty),
                _("moest op %(day)s klaar zijn", day=last_day(duty.due_at)) if duty.due_at else "", late=True,
            )
            for duty, traject in overdue
        ],
    )  # fmt: skip


def overrides(desk: Desk, role: Role) -> WorkList:
    """Return the proposals to set a test aside of which this person may still say what they think."""
    found = db().execute(waiting_overrides(*desk.paths[role]).limit(LOOKED_AT))
    rows = [
        WorkRow(
            idea.title, url_for("groups.override", idea_id=idea.id), word(override.test), word(override.state()),
            lang=idea.lang,
        )
        for override, idea in found
        if desk.actor.account_id not in (*override.involved(), idea.author_id)
        and may(desk.actor, Do.OVERRIDE_TEST, idea.traject.facts().place_at(desk.now))
    ]  # fmt: skip
    return list_of("afwijken", _("Voorstellen om van een toets af te wijken"), rows)


def progress(traject: Traject) -> WorkRow:
    """Return the row of a traject that runs, with a link to how it stands."""
    here = url_for("phases.manage", slug=traject.slug)
    return WorkRow(
        traject.title, url_for("trajecten.detail", slug=traject.slug), word(traject.status),
        more=(_("voortgang van %(title)s", title=traject.title), here),
    )  # fmt: skip


def _tests_asked(traject: Traject) -> int:
    rules = traject.ruleset()
    return sum(rules.weight(test) is not Weight.OFF for test in JUDGED)


def _phases(desk: Desk, trajecten: Sequence[Traject]) -> list[WorkRow]:
    """Return the phases that are over and not closed, the longest over first."""
    over = [
        (phase, traject) for traject in trajecten for phase in traject.phases
        if phase.closed_at is None and phase.ends_at <= desk.now
    ]  # fmt: skip
    over.sort(key=lambda each: (each[0].ends_at, each[1].id))
    return [
        WorkRow(
            _("Fase %(position)s: %(phase)s.", position=phase.position, phase=word(phase.kind)),
            url_for("phases.close", slug=traject.slug, position=phase.position),
            traject.title,
            _("voorbij sinds %(day)s", day=day(phase.ends_at)),
        )
        for phase, traject in over
    ]


def _unfinished(paths: Sequence[str]) -> Sequence[Round]:
    return db().scalars(unfinished_rounds(*paths).limit(LOOKED_AT)).all()


def _rounds(desk: Desk, paths: Sequence[str]) -> list[WorkRow]:
    """Return the rounds without a result, those with something to do now first."""
    rows = [(_next_step(desk, each), each) for each in _unfinished(paths)]
    rows.sort(key=lambda each: (not each[0][1], -each[1].id))
    return [
        WorkRow(each.title, url_for("wijkbudget.manage", slug=each.slug), each.traject.title, said, late=False)
        for (said, _now), each in rows
    ]


def _next_step(desk: Desk, budget_round: Round) -> tuple[str, bool]:
    """Say what a round waits for, and whether that can be done now."""
    clock = budget_round.clock()
    match budget_round.status:
        case RoundStatus.DRAFT:
            phase = budget_round.traject.phase_at(desk.now)
            if phase is not None and phase.kind is budget_round.voting_phase() and budget_round.is_voted():
                is_advice = budget_round.is_advice()
                return _("Nu te doen: open de peiling.") if is_advice else _("Nu te doen: open de stemming."), True
            return _("in voorbereiding"), False
        case RoundStatus.OPEN:
            if clock.closes_at <= desk.now:
                return _("Nu te doen: tel de stemmen."), True
            return _("de stemming loopt tot en met %(day)s", day=last_day(clock.closes_at)), False
        case _:
            return _("Nu te doen: publiceer het besluit."), True
