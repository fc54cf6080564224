"""Which facts does each kind of mail get, so that it can be read before anybody gets it?

A template of which nothing stands here gets facts by the names that it asks for, so that none is left out.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from jinja2 import meta

from participatie.settings import LOCALES, ROOT
from participatie.spelregels.answers import Asked, Turn
from participatie.spelregels.besluiten import AdviceUse, DeviationGround
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.telling import About, Stop, Told, stop_token
from participatie.spelregels.trajecten import Announced
from participatie.web.mail import text_environment
from tests.clock import MOMENT

FOLDER = ROOT / "templates" / "emails"
#: What every template gets from the settings.
GIVEN = frozenset({"public_url", "gemeente"})
TITLE, TEXT = "Bomen & bankjes <voor> iedereen", "De eerste boom staat er.\n\nKomt u kijken? Het is op de 'Lindekade'."
UNTIL = (MOMENT + timedelta(days=14)).isoformat()
STOP = {
    "one": stop_token("geheim", Stop(12, About.TRAJECT, 7)),
    "all": stop_token("geheim", Stop(12, About.EVERYTHING, 0)),
}
TRAJECT = {"traject": TITLE, "slug": "bomen-en-bankjes"}
IDEA = {"idea_id": 7, "title": TITLE}
PARTS = {
    "used": "De boom.",
    "not_used": "Het hek.",
    "route": "Vraag het bij het buurtfonds.",
    "own": "Dank voor de tekening.",
}
OWED = {"title": TITLE, "traject": TITLE, "path": "/ideeen/7", "due": UNTIL}
BESLUIT = {"title": "Wijkbudget verdeeld", "traject": TITLE, "round_slug": "lente", "besluit_id": 3, "chooses": False}
PLAN = {"plan": TITLE, "number": 4}
FACTS: dict[str, dict[str, Any]] = {
    Announced.LEVEL: {"phase": 2, "before": "meedenken", "after": "meebeslissen"},
    Announced.LONGER: {"phase": 2, "until": UNTIL},
    Announced.DUTY: {"duty": "nieuws geven", "until": UNTIL},
    Announced.PHASE_CLOSED: {"phase": 2},
    Announced.PRODUCT_DRAFT: {"phase": 2},
    Announced.PRODUCT: {"phase": 2},
    Announced.RESTART: {"round": "lente", "opening": 2, "is_advice": 1},
    Announced.REVOKED: {"round": "lente", "codes": 3},
    Told.ANSWERED: {"admitted": 1},
    Told.DELAYED: {"before": "2026-06-01", "due": "2026-08-15"},
    Told.PROMISED: {"promise": 7, "due": "2026-08-15"},
}
#: What a name asks for, by how it ends or what it is; any other name gets a title.
BY_NAME: dict[str, Any] = {
    "_id": 7, "days": 42, "_cents": 125_000, "count": 3, "number": 4, "until": UNTIL, "day": UNTIL, "date": UNTIL, "due": UNTIL,
    "_at": UNTIL, "_on": UNTIL, "slug": "bomen-en-bankjes", "reason": TEXT, "text": TEXT, "answer": TEXT, "motivation": TEXT, "path": "/trajecten/bomen-en-bankjes",
    "stop": STOP, "house_rule": str(HouseRule.INSULT), "facts": {},
}  # fmt: skip


def samples() -> dict[str, list[dict[str, Any]]]:
    """Return the facts of every template, one set for each way in which it can read."""
    named = {
        "announcement": [
            {"kind": str(kind), "text": TEXT, "facts": FACTS.get(kind, {}), "stop": STOP, **TRAJECT} for kind in Announced
        ],
        "told": list(_told()),
        "digest": [{"weekly": weekly, "groups": list(_groups()), "stop": STOP} for weekly in (False, True)],
        "besluit": list(_besluiten()),
        "panel_answered": [{"panel": TITLE, "slug": "panel", "besluit": besluit} for besluit in (None, 3)],
        "idea_answered": [
            {**IDEA, "admitted": admitted, "votes": votes, "answer": TEXT, **parts}
            for admitted, votes in ((True, True), (True, False), (False, True))
            for parts in ({}, PARTS)
        ],
        "answer_late": [{**OWED, "asked": str(asked), "turn": str(turn), "days": 8} for asked in Asked for turn in Turn],
        "answer_handed": [{**OWED, "asked": str(asked), "late": late} for asked in Asked for late in (False, True)],
        "idea_received": [
            {**IDEA, "traject": TITLE, "answer_days": 42, "entered": entered, "waits_until": until}
            for entered in (False, True) for until in (None, UNTIL)
        ],
        "idea_hidden": [{**IDEA, "house_rule": str(rule), "reason": TEXT, "text": "Koop bij Jan.", "appeal_until": UNTIL} for rule in HouseRule],
        "merge_ended": [
            {"merged": False, "title": TITLE, "other_title": "Een boom", "idea_id": 7, **how}
            for how in ({"merged": True}, {"apart": True}, {"expired": True}, {})
        ],
        "appeal_waits": [{**IDEA, "until": UNTIL, "late": late} for late in (False, True)],
        "step_late": [{"step": "Eerste paal", "plan": TITLE, "due": "2026-05-01", "path": "/wijkbudget/lente/plannen/4"}],
        "photo_removed": [{**IDEA, "house_rule": str(HouseRule.INSULT), "reason": TEXT}],
        "login_code": [{"code": "123456", "minutes": 10}],
        "translation_judged": [{**TRAJECT, "approved": True, "reason": ""}, {**TRAJECT, "approved": False, "reason": TEXT}],
    }  # fmt: skip
    found = {file.stem for file in FOLDER.glob("*.txt") if not file.name.startswith("_")}
    return {name: named.get(name) or _guessed(name) for name in sorted(found)}


def _told() -> Iterator[dict[str, Any]]:
    for kind in Told:
        about = TITLE if kind not in (Told.OPENED, Told.PANEL_ANSWERED, Told.BESLUIT, Told.PROMISED, Told.KEPT) else ""
        path = "/ideeen/7" if about else "/trajecten/bomen-en-bankjes"
        facts = FACTS.get(kind, {})
        yield {
            "kind": str(kind),
            "text": TEXT,
            "facts": facts,
            "traject": TITLE,
            "idea": about,
            "path": path,
            "stop": STOP,
        }
    # The same for who follows the traject or the wijk around an idea.
    yield {
        "kind": str(Told.ANSWERED), "text": TEXT, "facts": FACTS[Told.ANSWERED], "traject": TITLE, "idea": TITLE,
        "path": "/ideeen/7", "around": True, "stop": STOP,
    }  # fmt: skip


def _groups() -> Iterator[dict[str, Any]]:
    kinds = [*Announced, *Told]
    for title, part in ((TITLE, kinds[::2]), ("Een koele wijk", kinds[1::2])):
        events = [
            {
                "kind": str(kind),
                "at": (MOMENT - timedelta(hours=place)).isoformat(),
                "idea": TITLE if kind in set(Told) else "",
                "text": "De eerste boom staat er." if place % 2 else "",
                "path": "/trajecten/bomen-en-bankjes",
            }
            for place, kind in enumerate(part)
        ]
        yield {"title": title, "stop": STOP["one"], "events": events}


def _besluiten() -> Iterator[dict[str, Any]]:
    for role in ("author", "supporter"):
        for voted, funded, cents in ((True, True, 125_000), (True, True, 0), (True, False, 0), (False, True, 125_000)):
            outcome = {"voted": voted, "funded": funded, "funded_cents": cents, "advice_use": ""}
            yield {"role": role, **BESLUIT, **PLAN, **outcome, **({"stop": STOP} if role == "supporter" else {})}
        for ground in DeviationGround:
            outcome = {"voted": True, "funded": True, "funded_cents": 125_000, "withheld": str(ground)}
            yield {"role": role, **BESLUIT, **PLAN, **outcome}
        for use in AdviceUse:
            outcome = {"voted": True, "funded": use is AdviceUse.FOLLOWED, "funded_cents": 0, "advice_use": str(use)}
            yield {"role": role, **BESLUIT, **PLAN, **outcome}
    stopped = {**PLAN, "voted": True, "funded": True, "funded_cents": 125_000, "withheld": str(DeviationGround.SAFETY)}
    others = [{**stopped, "number": 6, "role": role, "withheld": ""} for role in ("author", "supporter")]
    yield {"role": "author", **BESLUIT, **stopped, "others": others}


def _guessed(name: str) -> list[dict[str, Any]]:
    tree = text_environment(LOCALES[0], "emails").parse((FOLDER / f"{name}.txt").read_text())
    asked = meta.find_undeclared_variables(tree) - GIVEN - {"gettext", "ngettext", "_"}
    facts = {each: _value(each) for each in sorted(asked)}
    # Words such as `restored` or `hidden` say whether something is so: a mail reads one way or the other.
    either = [each for each in facts if each.endswith(("ed", "en"))]
    return [{**facts, **dict.fromkeys(either, so)} for so in (True, False)][: 2 if either else 1]


def _value(name: str) -> Any:
    for ending, value in BY_NAME.items():
        if name == ending or (name.endswith(ending) and len(ending) > len("x")):
            return value
    return TITLE


def is_moment(text: str) -> bool:
    """Tell whether a text is a moment as it stands in a row, which nobody should read in a mail."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return "T" in text
