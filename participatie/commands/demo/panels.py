"""How do the buurtpanels of the demo come about: one that gave its advice, and one whose lot waits for its number?"""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from participatie.actions.buurtpanels.advice import AdviceText, publish_advice
from participatie.actions.buurtpanels.importing import ChosenFile, import_pool
from participatie.actions.buurtpanels.interests import declare_interest
from participatie.actions.buurtpanels.lots import CannotDraw, LotRequest, bind_lot
from participatie.actions.buurtpanels.meetings import MeetingText, plan_meeting
from participatie.actions.buurtpanels.numbers import enter_number
from participatie.actions.buurtpanels.panels import PanelTerms, open_registration, prepare_panel
from participatie.actions.buurtpanels.preparing import commit_lot, lot_input
from participatie.actions.buurtpanels.scores import close_question, give_scores, open_question, write_question
from participatie.actions.buurtpanels.seats import confirm_seat, fill_seat, give_up_seat
from participatie.commands.demo.stories import Story
from participatie.commands.demo.texts import MAIL_DOMAIN
from participatie.commands.demo.timeline import DemoRefusedError
from participatie.lottery import prepare
from participatie.models.buurtpanels import Buurtpanel, PanelLot, PanelPerson, ScoreQuestion, seated_on
from participatie.spelregels.buurtpanels.lots import LotKind, NumberSource
from participatie.spelregels.buurtpanels.members import LeaveReason, MemberStatus, Recruitment
from participatie.spelregels.buurtpanels.opening import Mandate, QuotaRule
from participatie.spelregels.buurtpanels.shares import seats_for_share
from participatie.spelregels.permissions import Actor
from participatie.spelregels.verdicts import Refused

HERE = Path(__file__).resolve().parent
HOUR = timedelta(hours=1)
MEMBER = Actor(is_panel_member=True)


def plan_panels(stories: Mapping[str, Story]) -> None:
    """Plan every act of the panels in `panels.toml`."""
    text = tomllib.loads((HERE / "panels.toml").read_text(encoding="utf-8"))
    for row in text["panels"]:
        DemoPanel(stories[row["story"]], row, text).plan()


class DemoPanel:
    """One panel, with what was made of it so far."""

    def __init__(self, story: Story, row: Mapping[str, Any], names: Mapping[str, Any]) -> None:
        """Begin with nothing made."""
        self.story, self.row, self.names = story, row, names
        self.session, self.manager = story.session, story.manager.actor()
        self.rng = Random(row["slug"])  # noqa: S311 (content, no secrets)
        self.panel: Buurtpanel
        self.lot: PanelLot
        self.question: ScoreQuestion

    def plan(self) -> None:
        """Plan everything up to now; what lies in the future the visitors of the demo do themselves."""
        at, moment, days = self.story.timeline.at, self.story.timeline.moment, self.row["days"]
        at(moment(days["prepared"], 14), self._prepare)
        at(moment(days["imported"], 10), self._register)
        at(moment(days["bound"], 11), partial(self._bind, moment(days["drawn"], 20)))
        at(moment(days["drawn"], 20), self._draw)
        if "answered" not in days:
            return
        at(moment(days["answered"], 19), self._answer_seats)
        at(moment(days["answered"], 20), partial(self._meet, days["meeting"], "Kennismaken en de drie ontwerpen"))
        at(moment(days["meeting"], 20), self._score)
        at(
            moment(days["scored"], 21),
            lambda now: close_question(self.session, self.manager, self.panel, self.question, now),
        )
        at(moment(days["scored"], 22), partial(self._meet, days["next_meeting"], "Terugkijken met de wethouder"))
        at(moment(days["advised"], 16), self._advise)

    def _prepare(self, now: datetime) -> Refused | None:
        row = self.row
        quotas = [
            QuotaRule(feature, value, *seats_for_share(row["seats"], share), share)
            for feature, value, share in row["quotas"]
        ]
        terms = PanelTerms(
            row["title"], Mandate.ADVISE, row["role"], row["task"], row["powers"], row["seats"], quotas,
            row["profile_source"], row["allowance"] * 100, row["rest_years"],
        )  # fmt: skip
        made = prepare_panel(self.session, self.manager, self.story.traject, row["slug"], terms, now)
        if isinstance(made, Refused):
            return made
        self.panel = made
        opened = open_registration(self.session, self.manager, made, now)
        return opened if isinstance(opened, Refused) else None

    def _register(self, now: datetime) -> Refused | None:
        file = ChosenFile(self._people(), "aanmeldingen.csv", Recruitment.LOT)
        made = import_pool(
            self.session, self.manager, self.panel, file, self.story.world.secret_key, now, consents=True
        )
        return made if isinstance(made, Refused) else None

    def _people(self) -> bytes:
        features: dict[str, list[str]] = {}
        for feature, value, share in self.row["quotas"]:
            features.setdefault(feature, []).extend([value] * share)
        names = [f"{first} {last}" for first, last in product(self.names["first_names"], self.names["last_names"])]
        lines = [";".join(("naam", "e-mail", "adres", "postcode", "plaats", *features))]
        for place, name in enumerate(self.rng.sample(names, self.row["registered"])):
            told = [self.rng.choice(values) for values in features.values()]
            address = f"{self.rng.choice(self.names['streets'])} {place + 1}"
            email = f"{name.lower().replace(' ', '.')}@{MAIL_DOMAIN}"
            lines.append(";".join((name, email, address, "9901 AB", "Lindewaard", *told)))
        return "\n".join(lines).encode()

    def _bind(self, due_at: datetime, now: datetime) -> Refused | None:
        source = NumberSource(self.row["source"])
        request = LotRequest(LotKind.SELECTION, source, self.row["source_text"], due_at)
        made = bind_lot(self.session, self.manager, self.panel, request, now)
        if isinstance(made, Refused):
            return made
        given = None if isinstance(made, CannotDraw) else lot_input(self.session, made.id)
        if given is None:
            raise DemoRefusedError("Nobody can be drawn for this panel: its pool and its quotas do not fit.")
        portfolio = prepare(given.pool, given.quotas, given.seats)
        bound = commit_lot(self.session, given.lot.id, portfolio, now)
        if bound is None or bound.commitment is None:
            raise DemoRefusedError("The lot of this panel was bound too late.")
        self.lot = bound
        return None

    def _draw(self, now: datetime) -> Refused | None:
        drawn = enter_number(self.session, self.manager, self.lot, self.row["number"], now)
        return drawn if isinstance(drawn, Refused) else None

    def _seated(self) -> list[PanelPerson]:
        return list(self.session.scalars(seated_on(self.panel.id)))

    def _answer_seats(self, now: datetime) -> Refused | None:
        secret_key = self.story.world.secret_key
        declines, *_others = self._seated()
        change = give_up_seat(self.session, MEMBER, declines, LeaveReason.NO_TIME, "", now)
        if isinstance(change, Refused):
            return change
        filled = fill_seat(self.session, self.manager, self.panel, change.id, now)
        if isinstance(filled, Refused):
            return filled
        for person in self._seated():
            if person.status is MemberStatus.DRAWN:
                confirmed = confirm_seat(self.session, MEMBER, person, secret_key, now)
                if isinstance(confirmed, Refused):
                    return confirmed
        return None

    def _meet(self, day: int, title: str, now: datetime) -> Refused | None:
        starts_at = self.story.timeline.moment(day, 19, 30)
        text = MeetingText(
            title,
            starts_at,
            starts_at + 2 * HOUR,
            "Buurthuis De Werf, Teerkade 2",
            "- koffie\n- de ontwerpen\n- rondvraag",
        )
        made = plan_meeting(self.session, self.manager, self.panel, text, now)
        return made if isinstance(made, Refused) else None

    def _score(self, now: datetime) -> Refused | None:
        question = write_question(
            self.session, self.manager, self.panel, None, self.row["question"], self.row["options"], now
        )
        if isinstance(question, Refused):
            return question
        self.question = question
        self.session.flush()
        opened = open_question(self.session, self.manager, self.panel, question, now)
        if isinstance(opened, Refused):
            return opened
        options = [option.id for option in question.options]
        for place, person in enumerate(self._seated()):
            told = declare_interest(
                self.session, person, has_interest=place == 0, text="Ik woon aan het plein." if place == 0 else "",
                is_public=True, option_ids=(), now=now,
            )  # fmt: skip
            if isinstance(told, Refused):
                return told
            likes = [self.rng.choice(scores) for scores in ((3, 4, 4, 5, 5), (1, 2, 4, 5), (1, 2, 3, 3))]
            given = {option: (score, "") for option, score in zip(options, likes, strict=True)}
            scored = give_scores(self.session, person, question, given, now)
            if isinstance(scored, Refused):
                return scored
        return None

    def _advise(self, now: datetime) -> Refused | None:
        text = AdviceText(self.row["advice"], self.row["how"], self.row["minority"])
        made = publish_advice(self.session, self.manager, self.panel, text, now)
        return made if isinstance(made, Refused) else None
