"""A list of addresses and a pool from elsewhere: every mistake by its line, all or nothing, and twice is once."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.home_list import Home, read_homes
from participatie.actions.buurtpanels.importing import ChosenFile, ImportedPool, import_pool, look_at_pool
from participatie.actions.buurtpanels.inviting import draft_letters, let_letters_go, replace_addresses
from participatie.actions.votes.addresses import AddressesError
from participatie.models.buurtpanels import Buurtpanel, PanelHousehold, PanelLot, PanelPerson
from participatie.models.postcodes import Postcode
from participatie.spelregels.buurtpanels.leaves import leaf_of
from participatie.spelregels.buurtpanels.lots import LotKind, NumberSource
from participatie.spelregels.buurtpanels.members import HouseholdStatus, Recruitment
from participatie.spelregels.buurtpanels.registration import LetterRun
from participatie.spelregels.permissions import Actor
from participatie.spelregels.verdicts import Refusal, Refused
from tests.factories import SECRET_KEY, a_gemeente, a_wijkmanager, done, now_of, runs_all
from tests.factories.panel_homes import listed, with_letter
from tests.factories.panels import a_panel

HOMES = "naam,adres,postcode,plaats,taal,buurt"
BARE = "id,leeftijd,woning"
POOL = "naam;e-mail;adres;postcode;leeftijd;woning;bron"
PEOPLE = f"{POOL}\nAnna;a@x.nl;Dijk 1;1234ab;tot 40;huur;netwerk\nBram;;Dijk 1;1234 AB;vanaf 40;koop;\n"

#: Files that are refused, and what is said of them.
WRONG = [
    ("id,leeftijd\n1,tot 40\n", "ook de kolom woning"),
    (f"{BARE},kleur\n1,tot 40,huur,rood\n", "kleur"),
    (f"{BARE},id\n", "elke kolom één keer"),
    ("leeftijd,woning\ntot 40,huur\n", "een kolom naam of id"),
    (f"{BARE}\n1,tot 40,boot\n", "regel 2: verwacht bij woning een van huur, koop, gevonden boot"),
    (f"{BARE}\n1,tot 40,huur\n1,tot 40,koop\n", "regel 3: verwacht elke persoon één keer"),
    (f"{BARE}\n,tot 40,huur\n", "regel 2: verwacht een id"),
    (f"naam,{BARE}\n,1,tot 40,huur\n", "regel 2: verwacht een naam"),
    (f"naam,huishouden,{BARE}\nJan,h,1,tot 40,huur\njan,h,2,tot 40,huur\n", "de persoon van regel 2"),
    (f"{POOL}\nAnna;geen;Dijk 1;1234AB;tot 40;huur;\n", "een e-mailadres of niets"),
    (f"{POOL}\nAnna;;Dijk 1;1234AB;tot 40;huur;toeval\n", "als bron loting, netwerk, anders of niets"),
    (f"{BARE}\n", "er staat niemand in"),
    (f"{BARE}\n1,tot 40\n", "regel 2: verwacht 3 kolommen"),
]


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    return a_panel(session)


@pytest.fixture
def manager(session: Session) -> Actor:
    return runs_all(a_wijkmanager(session))


def homes(session: Session, text: str) -> list[Home]:
    return read_homes(session, text.encode(), "a.csv", lambda cell: "漢" if "漢" in cell else "")


def imports(session: Session, actor: Actor, panel: Buurtpanel, text: str, **others: bool) -> ImportedPool | Refused:
    file = ChosenFile(text.encode("utf-8-sig"), "p.csv", Recruitment.LOT)
    return import_pool(session, actor, panel, file, SECRET_KEY, now_of(session), **{"consents": True, **others})


def mistakes(session: Session, actor: Actor, panel: Buurtpanel, text: str) -> str:
    with pytest.raises(AddressesError) as raised:
        imports(session, actor, panel, text)
    assert session.scalars(select(PanelPerson)).all() == []
    return str(raised.value)


def test_a_buurt_comes_from_the_file_or_from_the_postcodes_of_the_gemeente(session: Session) -> None:
    buurt = a_gemeente(session).buurten[0]
    session.add_all([Postcode(code="1234", area_id=buurt.id)])
    read = homes(session, f"{HOMES}\n,Dijk 1,1234ab,Lindewaard,PL,\nJan,Kade 2,9999 ZZ,Lindewaard,,Zuid\n")
    assert read == [
        Home("", "Dijk 1", "1234 AB", "Lindewaard", "pl", buurt.name),
        Home("Jan", "Kade 2", "9999 ZZ", "Lindewaard", None, "Zuid"),
    ]


def test_every_mistake_in_a_list_of_addresses_is_told_by_its_line(session: Session) -> None:
    lines = [
        ",Dijk 1,1234AB,L,,Noord", ",dijk 1,1234 ab,L,,Noord", ",Dijk 2,1234AB,L,,", ",,1234AB,L,,Noord",
        ",Dijk 漢,1234AB,L,,Noord", ",Dijk 3,1234AB,L,de,Noord", ",Dijk 4,12345678901,L,,Noord",
    ]  # fmt: skip
    with pytest.raises(AddressesError) as raised:
        homes(session, "\n".join([HOMES, *lines]))
    said = raised.value.sentences
    assert [f"regel {place}" in sentence for place, sentence in enumerate(said, start=3)] == [True] * 6
    assert "het adres van regel 2" in said[0]
    assert "een buurt" in said[1]
    for text, told in [("naam,adres\n", "regel 1"), (f"{HOMES}\n", "geen adres")]:
        with pytest.raises(AddressesError, match=told):
            homes(session, text)


def test_a_new_list_replaces_the_old_one_until_a_lot_is_bound(
    session: Session, panel: Buurtpanel, manager: Actor
) -> None:
    listed(session, panel, 3)
    home = Home("", "Kade 1", "1234 AB", "Lindewaard", None, "Zuid")
    assert replace_addresses(session, manager, panel, [home], now_of(session)) == 1
    [row] = session.scalars(select(PanelHousehold)).all()
    assert row.leaf == leaf_of(row.salt, {"adres": "Kade 1, 1234 AB Lindewaard"}, None)
    assert (row.status, row.selector) == (HouseholdStatus.LISTED, None)
    now = now_of(session)
    session.add(
        PanelLot(panel_id=panel.id, kind=LotKind.INVITATION, number=1, source=NumberSource.DICE, source_text="",
                 due_at=now, made_at=now)
    )  # fmt: skip
    session.flush()
    refused = replace_addresses(session, manager, panel, [], now)
    assert isinstance(refused, Refused)
    assert refused.code is Refusal.PANEL_ADDRESSES_BOUND


def test_letters_are_made_once_and_again_only_with_new_codes(
    session: Session, panel: Buurtpanel, manager: Actor
) -> None:
    listed(session, panel, 2)
    drawn = listed(session, panel, 3, invited=True)
    now = now_of(session)
    drafted = done(draft_letters(session, manager, panel, LetterRun.FIRST, now))
    assert {each.home for each in drafted} == set(drawn)
    assert all(each.home.selector is None for each in drafted)
    assert let_letters_go(session, manager, panel, drafted, LetterRun.FIRST, SECRET_KEY, now) == 3
    again = let_letters_go(session, manager, panel, drafted, LetterRun.FIRST, SECRET_KEY, now)
    assert isinstance(again, Refused)
    assert again.code is Refusal.CODES_ALREADY_MADE
    none_left = draft_letters(session, manager, panel, LetterRun.FIRST, now)
    assert isinstance(none_left, Refused)
    assert none_left.code is Refusal.PANEL_NO_LETTERS
    drawn[0].status, drawn[1].status = HouseholdStatus.REGISTERED, HouseholdStatus.DECLINED
    session.flush()
    [reminder] = done(draft_letters(session, manager, panel, LetterRun.REMINDER, now))
    before = reminder.home.selector
    done(let_letters_go(session, manager, panel, [reminder], LetterRun.REMINDER, SECRET_KEY, now + timedelta(days=9)))
    assert reminder.home is drawn[2]
    assert drawn[2].selector == reminder.code.selector != before
    assert drawn[2].reminded_at == now + timedelta(days=9)
    assert isinstance(draft_letters(session, manager, panel, LetterRun.REMINDER, now), Refused)
    assert len(done(draft_letters(session, manager, panel, LetterRun.ANEW, now))) == 1
    one = done(draft_letters(session, manager, panel, LetterRun.ANEW, now, kenmerk=drawn[0].selector or ""))
    assert [each.home for each in one] == [drawn[0]]
    unknown = draft_letters(session, manager, panel, LetterRun.ANEW, now, kenmerk="ZZZZZZ")
    assert isinstance(unknown, Refused)
    assert unknown.code is Refusal.PANEL_KENMERK_UNKNOWN


def test_every_mistake_in_a_pool_is_told_by_its_line_and_nobody_comes_in(
    session: Session, panel: Buurtpanel, manager: Actor
) -> None:
    for text, said in WRONG:
        assert said in mistakes(session, manager, panel, text)


def test_a_pool_comes_in_with_households_ways_and_codes_and_twice_is_once(
    session: Session, panel: Buurtpanel, manager: Actor
) -> None:
    home = with_letter(session, panel, 1)[0][0]
    looked = look_at_pool(
        session, manager, panel, ChosenFile(PEOPLE.encode(), "p", Recruitment.LOT), SECRET_KEY, now_of(session)
    )
    assert len(done(looked).new) == 2
    assert session.scalars(select(PanelPerson)).all() == []
    made = done(imports(session, manager, panel, PEOPLE)).people
    anna, bram = (each.person for each in made)
    assert (anna.source, bram.source) == (Recruitment.NETWORK, Recruitment.LOT)
    assert anna.household == bram.household is not None
    assert anna.leaf == leaf_of(anna.salt, {"leeftijd": "tot 40", "woning": "huur"}, anna.household)
    assert len({str(each.code) for each in made}) == 2
    assert home.status is HouseholdStatus.REGISTERED
    again = done(imports(session, manager, panel, PEOPLE))
    assert (again.people, again.same) == ([], 2)
    more = done(imports(session, manager, panel, f"{PEOPLE}Cor;;Kade 9;1234AB;tot 40;koop;\n"))
    assert ([each.person.name for each in more.people], more.same) == (["Cor"], 2)
    with pytest.raises(AddressesError, match="andere bij Anna"):
        imports(session, manager, panel, PEOPLE.replace("tot 40;huur", "tot 40;koop"))
    assert len(session.scalars(select(PanelPerson)).all()) == 3


def test_the_bare_shape_has_ids_for_names_and_two_of_one_name_are_two_by_their_ids(
    session: Session, panel: Buurtpanel, manager: Actor
) -> None:
    bare = f"{BARE}\n7,tot 40,huur\n8,tot 40,huur\n"
    assert [each.person.name for each in done(imports(session, manager, panel, bare)).people] == ["7", "8"]
    named = f"naam,{BARE}\nJan,1,tot 40,huur\nJan,2,tot 40,huur\n"
    assert len(done(imports(session, manager, panel, named)).people) == 2
    assert done(imports(session, manager, panel, named)).same == 2


def test_without_consent_nobody_comes_in(session: Session, panel: Buurtpanel, manager: Actor) -> None:
    refused = imports(session, manager, panel, PEOPLE, consents=False)
    assert isinstance(refused, Refused)
    assert refused.code is Refusal.PANEL_CONSENT_MISSING
    assert session.scalars(select(PanelPerson)).all() == []
