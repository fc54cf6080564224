"""Which addresses are there for putting in, reading, supporting, testing and answering ideas?"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import ideas as actions
from participatie.actions.deciding import may_decide_about
from participatie.actions.ideas.owning import may_judge_idea
from participatie.blueprints.ideas.forms import answer_form, assess_form
from participatie.blueprints.ideas.idea_form import enter_form, idea_form
from participatie.blueprints.ideas.listing import ORDER, filters_of, listing_of, lot_to_keep
from participatie.blueprints.ideas.look import look_before
from participatie.blueprints.ideas.merged import merged_of
from participatie.blueprints.ideas.shown import group_of, left_in_pot, may_join_now, may_support_now, offer, tests_of
from participatie.blueprints.ideas.where import where_it_is
from participatie.models.besluiten import besluit_of_idea, besluit_of_round
from participatie.models.idea_lists import ideas_by_number, ways_to_narrow
from participatie.models.ideas import VERSION_BY_IDEA, Idea
from participatie.models.meetings import entered_idea
from participatie.models.moderation import current_hiding, first_posts_of
from participatie.models.telling import is_told_of_idea
from participatie.models.trajecten import VERSION_BY_SLUG, Traject
from participatie.models.wijkbudget import allocation_line_of, plan_result, round_of_traject
from participatie.models.wijken import all_areas, area_by_id
from participatie.spelregels.ideas import Party, is_waiting, may_withdraw
from participatie.spelregels.moderation import HouseRule, may_appeal
from participatie.spelregels.permissions import Do, may
from participatie.spelregels.rulesets import Division
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.access import Audience, may_here, open_to, requires
from participatie.web.answer_fields import ADMIT
from participatie.web.buurten import buurt_choices
from participatie.web.caching import cached_by
from participatie.web.clock import now
from participatie.web.exposure import open_idea, show_ideas
from participatie.web.languages import NAMES
from participatie.web.login import account, actor
from participatie.web.maps import has_map, map_of_ideas, may_place_here
from participatie.web.paging import page_of_numbers
from participatie.web.photos import first_photos_of, photos_on
from participatie.web.refusals import refusal_page, sentence
from participatie.web.ruleset_words.asked import asked
from participatie.web.sites import found, idea_site, traject_site
from participatie.web.transaction import db
from participatie.web.translated import reading_of, readings_of

blueprint = Blueprint("ideas", __name__)


@blueprint.get("/trajecten/<slug:slug>/ideeen")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG, also=lot_to_keep)
def overview(slug: str) -> ResponseReturnValue:
    """List the ideas of a traject, by lot or in the order that was asked, narrowed by the filters of the address."""
    site = traject_site(slug)
    traject: Traject = site.subject
    buurten = buurt_choices(db().scalars(all_areas()), traject.area.path)
    listing = listing_of(traject, buurten)
    page = page_of_numbers(
        listing.idea_ids(traject), lambda ids: ideas_by_number(traject.id, ids), {ORDER: listing.order}
    )
    show_ideas(idea.id for idea in page.rows)
    return render_template(
        "ideas/overview.html",
        traject=traject,
        page=page,
        listing=listing,
        filters=filters_of(listing, buurten, db().execute(ways_to_narrow(traject.id)).all()),
        submit=offer(Do.SUBMIT_IDEA, site),
        may_enter=may_here(Do.ENTER_IDEA, site),
        readings=readings_of(page.rows),
        map=map_of_ideas(traject.area, page.rows),
        photos=first_photos_of(page.rows),
    )


@blueprint.route("/trajecten/<slug:slug>/ideeen/nieuw", methods=["GET", "POST"])
@requires(Do.SUBMIT_IDEA, at=traject_site)
def new(traject: Traject) -> ResponseReturnValue:
    """Put in an idea."""
    form = idea_form(traject, account().area_id, buurt_choices(db().scalars(all_areas()), traject.area.path))
    look = None
    if form.validate_on_submit() and (look := look_before(form, traject)) is None:
        area = found(area_by_id(int(form.area.data)))
        idea = actions.submit_idea(db(), account(), traject, area, form.text(), now())
        if not isinstance(idea, Refused) and idea.hidden_at is not None:
            flash(
                _("Wij kregen uw idee. Een moderator leest het eerst. Op deze pagina staat tot wanneer dat duurt."),
                "ok",
            )
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        if not isinstance(idea, Refused) and has_map(traject.area):
            flash(_("Uw idee staat online. Wijs nu aan waar het komt. Dit hoeft niet."), "ok")
            return redirect(url_for("places.choose", idea_id=idea.id), 303)
        if not isinstance(idea, Refused):
            flash(_("Uw idee staat online. Deel deze pagina met uw buren: zij kunnen het steunen."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(idea)
    page = render_template(
        "ideas/new.html",
        form=form,
        traject=traject,
        house_rules=list(HouseRule),
        asked=list(asked(traject.ruleset())),
        look=look,
        language_names=NAMES,
    )
    return page, 200 if look else form.http_status


@blueprint.route("/trajecten/<slug:slug>/ideeen/voor-een-bewoner", methods=["GET", "POST"])
@requires(Do.ENTER_IDEA, at=traject_site)
def enter(traject: Traject) -> ResponseReturnValue:
    """Write an idea down for a resident, who agreed to it and stays its owner."""
    form = enter_form(traject, buurt_choices(db().scalars(all_areas()), traject.area.path))
    if form.validate_on_submit():
        area = found(area_by_id(int(form.area.data)))
        idea = actions.enter_idea(db(), account(), form.resident(), traject, area, form.text(), now())
        if not isinstance(idea, Refused):
            flash(_("Het idee staat online. De bewoner krijgt er een e-mail over."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(idea)
    page = render_template("ideas/enter.html", form=form, traject=traject, asked=list(asked(traject.ruleset())))
    return page, form.http_status


@blueprint.get("/ideeen/<int:idea_id>")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_IDEA)
def detail(idea_id: int) -> ResponseReturnValue:
    """Show an idea, its support, its tests, its answer, and the plan that it became."""
    site = idea_site(idea_id)
    idea: Idea = site.subject
    budget_round = db().scalar(round_of_traject(idea.traject_id))
    plan = next((plan for plan in budget_round.plans if plan.idea_id == idea.id), None) if budget_round else None
    hidden = idea.hidden_at is not None
    hiding = db().scalar(current_hiding(idea.id)) if hidden else None
    open_idea(idea.id)
    waits, merged = bool(is_waiting(idea.facts())), merged_of(idea)
    judges = waits and bool(may_judge_idea(db(), idea, actor().account_id))
    # Counted is not published: until the besluit nobody sees who won.
    line = db().scalar(allocation_line_of(plan.id)) if plan and plan.round.status is RoundStatus.PUBLISHED else None
    return render_template(
        "ideas/detail.html",
        idea=idea,
        result=db().scalar(plan_result(line.plan_id)) if line and line.funded_cents else None,
        where=where_it_is(idea, budget_round, plan, line, now(), merged=merged.into is not None),
        waits=waits,
        reading=reading_of(idea),
        map=map_of_ideas(idea.traject.area, [idea]),
        shown_photos=photos_on(site),
        may_place=may_place_here(idea, site),
        may_translate=not hidden and may_here(Do.OFFER_TRANSLATION, site),
        round=budget_round,
        plan=plan,
        line=line,
        of_round=db().scalar(besluit_of_round(line.round_id)) if line else None,
        besluit=db().scalar(besluit_of_idea(idea.id)) if idea.answered_at else None,
        may_decide=may_here(Do.PUBLISH_BESLUIT, site) and may_decide_about(db(), idea),
        tests=tests_of(idea),
        group=group_of(idea),
        hiding=hiding,
        is_author=site.is_author,
        reads_own=site.is_author or may_here(Do.ANSWER_IDEA, site),
        heard=db().scalar(entered_idea(idea.id)) if idea.entered_by_id else None,
        waits_for=db().scalar(first_posts_of([idea.id])) if hidden else None,
        merged=merged,
        may_appeal=hiding is not None
        and may_appeal(hiding.hidden_at, now(), is_author=site.is_author, appealed=hiding.appeal is not None, text="-"),
        may_mark_language=bool(may_here(Do.MARK_LANGUAGE, site)),
        may_merge=waits and may_here(Do.MERGE_IDEAS, site),
        support=offer(Do.SUPPORT_IDEA, site, may_support_now(idea)),
        may_withdraw=waits and site.is_author and may_here(Do.WITHDRAW_IDEA, site),
        may_assess=judges and may_here(Do.ASSESS_IDEA, site),
        may_answer=judges and may_here(Do.ANSWER_IDEA, site),
        may_hand_over=waits and may_here(Do.HAND_OVER_ANSWER, site),
        join=offer(Do.JOIN_IDEA, site, may_join_now(idea, Party.RESIDENT)),
        may_stand=may_join_now(idea, Party.GEMEENTE) and may_here(Do.STAND_BESIDE_IDEA, site),
        may_override=judges and may_here(Do.OVERRIDE_TEST, site),
        may_hide=not hidden and may_here(Do.HIDE_IDEA, site),
        may_restore=hidden and may_here(Do.RESTORE_IDEA, site),
        follows=bool(actor().account_id and db().scalar(is_told_of_idea(account().id, idea))),
    )


@blueprint.route("/ideeen/<int:idea_id>/steunen", methods=["GET", "POST"])
@requires(Do.SUPPORT_IDEA, at=idea_site)
def support(idea: Idea) -> ResponseReturnValue:
    """Ask whether somebody backs an idea, and count it; a GET never does, so a login can lead here."""
    here = url_for("ideas.detail", idea_id=idea.id)
    if request.method == "GET":
        # The idea's own page says why, to somebody who cannot support it (any more).
        return render_template("ideas/support.html", idea=idea) if may_support_now(idea) else redirect(here)
    verdict = actions.support_idea(db(), account(), idea, now())
    if isinstance(verdict, Refused):
        return refusal_page(verdict)
    flash(_("U steunt dit idee. Dank u wel."), "ok")
    return redirect(here, 303)


@blueprint.route("/ideeen/<int:idea_id>/intrekken", methods=["GET", "POST"])
@requires(Do.WITHDRAW_IDEA, at=idea_site)
def withdraw(idea: Idea) -> ResponseReturnValue:
    """Ask the author whether the idea must go, and take it back."""
    if request.method == "GET":
        verdict = may_withdraw(idea.facts(), account().id)
        if isinstance(verdict, Refused):
            return refusal_page(verdict)
        others = any(each.source.author_id != idea.author_id for each in merged_of(idea).came_in)
        return render_template("ideas/withdraw.html", idea=idea, holds_others=others)
    outcome = actions.withdraw_idea(db(), account(), idea, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("U trok uw idee in."), "ok")
    return redirect(url_for("ideas.detail", idea_id=idea.id), 303)


@blueprint.route("/ideeen/<int:idea_id>/toetsen", methods=["GET", "POST"])
@requires(Do.ASSESS_IDEA, at=idea_site)
def assess(idea: Idea) -> ResponseReturnValue:
    """Write the outcome of each test with its reason, and what the idea would cost."""
    form = assess_form(idea)
    if form.validate_on_submit():
        filled = form.data
        verdict = actions.assess_idea(
            db(), actor(), idea, form.results(), filled.get("cost"), now(), filled.get("ready_on")
        )
        if not isinstance(verdict, Refused):
            flash(_("De toetsing is opgeslagen."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(verdict)
    tests = {shown.test: shown for shown in tests_of(idea)}
    return render_template("ideas/assess.html", form=form, idea=idea, tests=tests), form.http_status


@blueprint.route("/ideeen/<int:idea_id>/antwoorden", methods=["GET", "POST"])
@requires(Do.ANSWER_IDEA, at=idea_site)
def answer(idea: Idea) -> ResponseReturnValue:
    """Admit an idea or turn it down, with the answer that everybody reads.

    Turning down is possible in any phase, since an answer stays owed; admitting only while the table opens it.
    """
    budget_round = db().scalar(round_of_traject(idea.traject_id))
    rules = idea.traject.ruleset()
    admitting = may(actor(), Do.ADMIT_IDEA, idea.traject.facts().place_at(now()))
    form = answer_form(
        {*budget_round.category_caps_cents, *budget_round.category_sums_cents} if budget_round else (),
        may_admit=bool(admitting),
        as_plan=rules.division.has_money,
    )
    if form.validate_on_submit():
        filled = form.data
        text = filled["answer"] or ""
        verdict = (
            actions.admit_idea(db(), actor(), idea, filled.get("category") or "", text, now(), form.parts())
            if filled["decision"] == ADMIT
            else actions.reject_idea(db(), actor(), idea, text, now(), form.parts())
        )
        if not isinstance(verdict, Refused):
            flash(_("Het antwoord staat online. De indiener krijgt een e-mail."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse_beside(verdict)
    page = render_template(
        "ideas/answer.html",
        form=form,
        idea=idea,
        round=budget_round,
        rules=rules,
        tests=tests_of(idea),
        why_not_admit=sentence(admitting) if isinstance(admitting, Refused) else "",
        left_cents=left_in_pot(budget_round) if rules.division is Division.AWARD else None,
    )
    return page, form.http_status
