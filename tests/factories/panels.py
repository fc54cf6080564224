"""Buurtpanels, and people who registered for them."""

import secrets
from collections.abc import Sequence
from itertools import product

from flask import Flask
from sqlalchemy.orm import Session, object_session

from participatie.actions.buurtpanels.codes import code_hash, new_code
from participatie.actions.buurtpanels.panels import PanelTerms, open_registration, prepare_panel
from participatie.models.buurtpanels import Buurtpanel, PanelLot, PanelPerson
from participatie.models.trajecten import Traject
from participatie.spelregels.buurtpanels.leaves import SALT_BYTES, leaf_of
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus, NumberSource
from participatie.spelregels.buurtpanels.members import MemberStatus, Recruitment, ReplyChannel
from participatie.spelregels.buurtpanels.opening import Mandate, PanelStatus, QuotaRule
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.phases import PhaseKind
from participatie.web.panel_members import KEY, PERSON, TERM
from tests.factories.people import a_wijkmanager, done, next_number, now_of, runs_all
from tests.factories.rounds import SECRET_KEY
from tests.factories.trajecten import a_traject
from tests.visitor import Visitor

#: Two features of two values each, that a panel of six meets with three and three.
USUAL_QUOTAS = (
    QuotaRule("leeftijd", "tot 40", 2, 4, 480),
    QuotaRule("leeftijd", "vanaf 40", 2, 4, 520),
    QuotaRule("woning", "huur", 2, 4, 610),
    QuotaRule("woning", "koop", 2, 4, 390),
)


def a_panel(
    session: Session,
    *,
    traject: Traject | None = None,
    seats: int = 6,
    quotas: Sequence[QuotaRule] = USUAL_QUOTAS,
    mandate: Mandate = Mandate.ADVISE,
    opened: bool = True,
    rest_years: int = 0,
) -> Buurtpanel:
    """A panel of six with quotas by age and tenure, for which residents can register."""
    traject = traject or a_traject(session, phase=PhaseKind.COLLECT)
    manager = runs_all(a_wijkmanager(session))
    terms = PanelTerms(
        "Buurtpanel Molenkwartier", mandate, "Meedenken over de groenstrook.", "Kiezen uit drie ontwerpen.",
        "Het panel geeft advies aan het college.", seats, quotas, "CBS, Kerncijfers wijken en buurten 2025",
        rest_years=rest_years,
    )  # fmt: skip
    panel = done(prepare_panel(session, manager, traject, f"panel-{next_number()}", terms, now_of(session)))
    session.commit()
    if opened:
        done(open_registration(session, manager, panel, now_of(session)))
        session.commit()
    return panel


def registered(session: Session, panel: Buurtpanel, number: int) -> list[tuple[PanelPerson, VotingCode]]:
    """Let so many people register, their features in turn over all values, each with the code that they got."""
    values: dict[str, list[str]] = {}
    for quota in panel.facts().quotas:
        values.setdefault(quota.feature, []).append(quota.value)
    kinds = [dict(zip(values, chosen, strict=True)) for chosen in product(*values.values())]
    taken: set[str] = set()
    made = []
    for place in range(number):
        features, salt, code = kinds[place % len(kinds)], secrets.token_hex(SALT_BYTES), new_code(taken)
        person = PanelPerson(
            panel_id=panel.id,
            name=f"Bewoner {place + 1}",
            email=f"bewoner{place + 1}.{panel.id}@lindewaard.example",
            features=features,
            salt=salt,
            leaf=leaf_of(salt, features, None),
            selector=code.selector,
            verifier_hash=code_hash(SECRET_KEY, panel.id, code),
            channel=ReplyChannel.WEB,
            source=Recruitment.LOT,
            registered_at=now_of(session),
        )
        session.add(person)
        made.append((person, code))
    session.commit()
    return made


def seated(
    session: Session,
    panel: Buurtpanel,
    *,
    confirmed: bool = True,
    reserves: int = 4,
    drawn: bool = True,
    people: Sequence[tuple[PanelPerson, VotingCode]] | None = None,
) -> list[tuple[PanelPerson, VotingCode]]:
    """Fill the seats of a panel without an engine: who registered first has a seat, the others are reserves in that order.

    Return all of them, members first. `drawn` writes down a lot that was drawn, of which only the moment is told;
    without it nobody drew them.
    """
    made = list(people) if people is not None else registered(session, panel, panel.seats + reserves)
    for place, (person, _code) in enumerate(made):
        if place < panel.seats:
            person.status = MemberStatus.CONFIRMED if confirmed else MemberStatus.DRAWN
        else:
            person.reserve_place = place - panel.seats + 1
    if drawn:
        now = now_of(session)
        lot = PanelLot(
            panel_id=panel.id, kind=LotKind.SELECTION, number=1, status=LotStatus.DRAWN, source=NumberSource.DICE,
            source_text="In het buurthuis", due_at=now, made_at=now, committed_at=now, seats=panel.seats,
            leaves="\n".join(sorted(person.leaf for person, _code in made)), commitment="0" * 64, seed="1" * 64,
            public_number="1234561234", entered_at=now, drawn_panel=0, lowest_chance=500, highest_chance=700,
        )  # fmt: skip
        session.add(lot)
    panel.status = PanelStatus.SITTING
    session.commit()
    return made


def a_member(app: Flask, panel: Buurtpanel, code: VotingCode, kind: str = PERSON) -> Visitor:
    """Somebody in whose browser the code of a member was typed; with `kind=HOUSEHOLD`, that of an invitation."""
    client = app.test_client()
    client.arranged = object_session(panel)  # type: ignore[attr-defined]
    until = (app.extensions["participatie.clock"]() + TERM).isoformat(timespec="seconds")
    with client.session_transaction() as cookie:
        cookie[KEY] = {"panel": panel.id, "kind": kind, "selector": code.selector, "until": until}
    return Visitor(client)
