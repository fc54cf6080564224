"""A final report that is published with its archive, checked by a stranger, and corrected in a new version."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.ideas import reject_idea
from participatie.actions.reporting import correct_report, publish_report, report_facts, save_report_draft
from participatie.actions.wijkbudget import commit_money, pay
from participatie.models.announcements import Report
from participatie.models.reports import ReportDraft, ReportVersion
from participatie.models.trajecten import Traject
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.reporting import TEXTS
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.verification import pack, unpack, verify
from participatie.verification.archive import pack_archive
from tests.actions.years import a_year, close, manager
from tests.clock import TurnableClock
from tests.factories import (
    OTHER_ROUTE,
    a_gemeente,
    a_round,
    an_account,
    an_idea,
    ballots,
    count_it,
    done,
    now_of,
    support,
)

TEXT = {"used": "Er komen bomen.", "not_used": "Geen parkeerplaatsen.", "lessons": "Begin eerder."}


def reported(session: Session, clock: TurnableClock) -> tuple[Traject, Report]:
    """A traject with two ideas, one of which was turned down, and its report."""
    traject = a_year(session, PhaseKind.COLLECT)
    author = an_account(session, area=a_gemeente(session).buurten[0], name="Mevrouw Zeldzaam")
    idea, rejected = an_idea(session, traject, title="Een boom", author=author), an_idea(session, traject)
    support(session, idea, 3)
    done(reject_idea(session, manager(session), rejected, "Dit kan niet.", clock.now, OTHER_ROUTE))
    done(reject_idea(session, manager(session), idea, "Dit ook niet.", clock.now, OTHER_ROUTE))
    clock.turn_to(traject.phases[0].ends_at)
    done(close(session, traject, 1))
    report = done(publish_report(session, manager(session), traject, *TEXT.values(), clock.now))
    session.commit()
    return traject, report


def versions(session: Session) -> list[ReportVersion]:
    return list(session.scalars(select(ReportVersion).order_by(ReportVersion.number)))


def packed(version: ReportVersion, *without: str) -> bytes:
    return pack_archive(version.manifest, version.files, version.ideas, without)


def test_the_archive_holds_what_was_published_and_anybody_can_check_it(session: Session, clock: TurnableClock) -> None:
    traject, _report = reported(session, clock)
    [version] = versions(session)
    package = packed(version)
    assert package == packed(version), "the same bytes each time"
    assert b"Zeldzaam" not in package
    found = verify(package)
    assert (found.differences, found.what) == ([], "wijkverslag")
    assert found.hashes == {"manifest.json": version.sha256}
    files = unpack(package)
    assert set(files) == {
        "manifest.json", "report.json", "ideas.json", "besluiten.json", "spelregels.json", "ledger.csv",
    }  # fmt: skip
    ideas = json.loads(files["ideas.json"])
    assert next((idea["title"], idea["answer"], idea["supporters"]) for idea in ideas) == (
        "Een boom", "Dit ook niet.", 3,
    )  # fmt: skip
    assert files["spelregels.json"].decode() == traject.rules
    told = json.loads(files["report.json"])
    assert told["texts"] == {**dict.fromkeys(TEXTS, ""), **TEXT}
    assert told["facts"]["asked"]["question"] == traject.question
    assert told["facts"]["terms"]["answers"]["op tijd"] == 2
    assert ["eindverslag uitbrengen", "nagekomen"] in told["facts"]["terms"]["duties"]
    author = session.scalars(select(Report)).one()
    assert author.figures == {name: told["facts"]["taking_part"][name] for name in author.figures}


def test_what_was_changed_is_found_and_what_was_hidden_is_told(session: Session, clock: TurnableClock) -> None:
    reported(session, clock)
    [version] = versions(session)
    files = unpack(packed(version))
    for name in files:
        changed = {**files, name: files[name].replace(b"e", b"a", 1) if b"e" in files[name] else b"x"}
        told = verify(pack(changed))
        assert not told.is_right or told.hashes["manifest.json"] != version.sha256, name
    for name in ("report.json", "ledger.csv"):
        assert not _is_right(pack({other: text for other, text in files.items() if other != name}))
    assert not _is_right(pack({**files, "more.txt": b"x"}))
    first = min(version.ideas)
    found = verify(packed(version, first))
    assert found.is_right
    assert "1 van de 2 ideeën ontbreken" in found.as_text()
    assert "KLOPT: " in found.as_text()


def _is_right(package: bytes) -> bool:
    return verify(package).is_right


def test_a_correction_is_a_new_version_and_the_old_one_stays(session: Session, clock: TurnableClock) -> None:
    traject, report = reported(session, clock)
    actor, better = manager(session), {**TEXT, "lessons": "Begin veel eerder."}
    no_reason = correct_report(session, actor, report, traject, better, " ", clock.now)
    assert no_reason == refused(Refusal.REASON_MISSING)
    resident = an_account(session, area=traject.area).actor()
    by_somebody = correct_report(session, resident, report, traject, better, "Ik wil het.", clock.now)
    assert isinstance(by_somebody, Refused)
    done(correct_report(session, actor, report, traject, better, "Een fout.", clock.forward(days=3)))
    session.commit()
    first, second = versions(session)
    assert json.loads(second.manifest)["corrects"] == first.sha256
    assert (first.told()["texts"]["lessons"], second.told()["texts"]["lessons"]) == (
        "Begin eerder.", "Begin veel eerder.",
    )  # fmt: skip
    assert report.lessons == "Begin veel eerder."
    assert verify(packed(first)).is_right
    assert verify(packed(second)).is_right


def test_a_draft_is_kept_whatever_is_missing_and_goes_at_the_publication(
    session: Session, clock: TurnableClock
) -> None:
    traject = a_year(session, PhaseKind.COLLECT)
    for typed in ("Een begin", "Een later begin"):
        done(save_report_draft(session, manager(session), traject, {"used": f" {typed} "}, clock.now))
        session.flush()
    assert [draft.texts["used"] for draft in session.scalars(select(ReportDraft))] == ["Een later begin"]
    helper = an_account(session, role=Role.HELPER).actor()
    assert isinstance(save_report_draft(session, helper, traject, {}, clock.now), Refused)
    clock.turn_to(traject.phases[0].ends_at)
    done(close(session, traject, 1))
    done(publish_report(session, manager(session), traject, "A", "B", "", clock.now))
    assert session.scalars(select(ReportDraft)).all() == []


def test_money_adds_up_to_the_cent_and_a_deviation_stands_in_it(session: Session) -> None:
    budget_round = a_round(session, phase=PhaseKind.EXECUTE)
    ballots(session, budget_round, [[1, 3], [3], [2]])
    count_it(session, budget_round)
    actor, now = manager(session), now_of(session)
    done(
        publish_besluit(
            session, actor, budget_round, title="Het besluit", decision_body="college", motivation="Wij volgen.",
            deviates=False, ground=None, now=now,
        )
    )  # fmt: skip
    plan = budget_round.plans[2]
    done(commit_money(session, actor, plan, 100_01, "Jan Jansen", "Aarde", now, names_person=True))
    done(pay(session, actor, plan, 250_003, now.date(), "Planten", now))
    session.commit()
    facts = report_facts(session, budget_round.traject, now)
    total, lines = facts["money"]["total"], facts["money"]["plans"]
    assert (total["paid"], total["committed"]) == (250_003, 100_01)
    assert total["allocated"] == sum(total[name] for name in ("committed", "paid", "returned", "free"))
    for name in total:
        assert total[name] == sum(line[name] for line in lines)
    assert [(each["title"], each["deviation_ground"]) for each in facts["decided"]] == [("Het besluit", None)]
    assert facts["taking_part"]["votes"]["ballots"] == 3
