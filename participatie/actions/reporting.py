"""How is the final report of a traject kept as a draft, published with the figures of that day, and corrected?"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participatie.actions.announcing import announce
from participatie.actions.holding import hold
from participatie.actions.record import record
from participatie.actions.report_archive import contents_of
from participatie.actions.report_facts import report_facts, report_figures
from participatie.models.announcements import Report, report_of
from participatie.models.reports import ReportDraft, ReportVersion, report_draft_of, report_versions
from participatie.models.trajecten import Traject
from participatie.spelregels.closing import may_publish_report
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.reporting import TEXTS, may_correct_report
from participatie.spelregels.trajecten import Announced, is_running
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.verification.archive import hash_of, manifest_of

__all__ = ["correct_report", "publish_report", "report_facts", "report_figures", "save_report_draft"]


def save_report_draft(
    session: Session, actor: Actor, traject: Traject, texts: Mapping[str, str], now: datetime
) -> ReportDraft | Refused:
    """Keep what was typed so far, whatever is still missing; nobody else reads it."""
    verdict = may(actor, Do.PUBLISH_REPORT, traject.facts().place_at(now))
    if isinstance(verdict, Refused):
        return verdict
    draft = session.scalar(report_draft_of(traject.id))
    if draft is None:
        draft = ReportDraft(traject_id=traject.id)
        session.add(draft)
    draft.texts, draft.saved_at, draft.by_id = _stripped(texts), now, actor.account_id
    return draft


def publish_report(
    session: Session,
    actor: Actor,
    traject: Traject,
    used: str,
    not_used: str,
    lessons: str,
    now: datetime,
    more: Mapping[str, str] | None = None,
) -> Report | Refused:
    """Publish the final report, once: what was done with the input and what not, and the figures of that day.

    `more` are the words beside the other parts. Refused while a phase that it tells of was not closed.
    """
    hold(session, traject)
    facts = traject.facts()
    verdict = first_refusal(
        may(actor, Do.PUBLISH_REPORT, facts.place_at(now)),
        is_running(traject.status),
        may_publish_report(facts.phases, used, not_used, published=session.scalar(report_of(traject.id)) is not None),
    )
    if isinstance(verdict, Refused):
        return verdict
    texts = _stripped({**(more or {}), "used": used, "not_used": not_used, "lessons": lessons})
    report = Report(
        traject_id=traject.id,
        used=texts["used"],
        not_used=texts["not_used"],
        lessons=texts["lessons"],
        figures=report_figures(session, traject),
        published_at=now,
        published_by_id=actor.account_id,
    )
    session.add(report)
    _archive(session, actor, traject, texts, "", now)
    announce(session, actor, traject, Announced.REPORT, "", now)
    record(session, actor.account_id, Do.PUBLISH_REPORT, traject, now)
    return report


def correct_report(
    session: Session,
    actor: Actor,
    report: Report,
    traject: Traject,
    texts: Mapping[str, str],
    reason: str,
    now: datetime,
) -> ReportVersion | Refused:
    """Publish a new version with the reason for it and the figures of today, also of a closed traject; the old ones stay."""
    hold(session, traject)
    verdict = first_refusal(
        may(actor, Do.PUBLISH_REPORT, traject.facts().place_at(now)),
        may_correct_report(reason, texts.get("used", ""), texts.get("not_used", "")),
    )
    if isinstance(verdict, Refused):
        return verdict
    kept = _stripped(texts)
    report.used, report.not_used, report.lessons = kept["used"], kept["not_used"], kept["lessons"]
    report.figures = report_figures(session, traject)
    version = _archive(session, actor, traject, kept, reason.strip(), now)
    announce(session, actor, traject, Announced.REPORT, reason, now)
    record(session, actor.account_id, Do.PUBLISH_REPORT, traject, now, version=version.number)
    return version


def _archive(
    session: Session, actor: Actor, traject: Traject, texts: Mapping[str, str], reason: str, now: datetime
) -> ReportVersion:
    """Keep the version with its archive, and throw the draft away."""
    session.flush()  # the duty of the report counts as kept
    before = session.scalar(report_versions(traject.id).limit(1))
    contents = contents_of(session, traject, texts, report_facts(session, traject, now), now)
    number = before.number + 1 if before else 1
    head = {
        "traject": traject.slug,
        "version": number,
        "corrects": before.sha256 if before else None,
        "reason": reason,
        "published_at": now.isoformat(),
    }
    manifest = manifest_of(head, contents.files, contents.ideas)
    version = ReportVersion(
        traject_id=traject.id, number=number, manifest=manifest, sha256=hash_of(manifest), files=dict(contents.files),
        ideas=dict(contents.ideas), reason=reason, published_at=now, by_id=actor.account_id,
    )  # fmt: skip
    session.add(version)
    session.execute(delete(ReportDraft).where(ReportDraft.traject_id == traject.id))
    traject.touch()
    session.flush()
    return version


def _stripped(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: (texts.get(name) or "").strip() for name in TEXTS}
