"""Seed 001: a guide for wijken, with Bospolder-Tussendijken in Rotterdam and wijken elsewhere."""

from tests.scenarios.fixture import INDICATORS, Fixture, Waits

ROTTERDAM = "tests/scenarios/test_rotterdam.py::"
THREE_PLACES = "tests/scenarios/test_dordrecht_utrecht_toronto.py::"
MEETINGS = "tests/scenarios/test_meetings_and_reports.py::"
PROMISES = "tests/scenarios/test_promises.py::"
CARRIED_OUT = "tests/scenarios/test_carried_out.py::"

GUIDE: tuple[Fixture, ...] = (
    Fixture(
        "b/F1",
        "BoTu 2022 gives a project 30,000 euros at most, of 300,000 together: ten fill it, the eleventh is refused.",
        (
            f"{ROTTERDAM}test_f1_ten_full_projects_fill_the_pot_and_the_eleventh_is_refused",
            f"{ROTTERDAM}test_f1_plans_are_there_to_read_before_anything_is_divided",
            f"{ROTTERDAM}test_f1_what_the_commission_decides_binds_the_gemeente",
        ),
        Waits(
            "stickers",
            "a panel scores on the site; red, orange and green stickers are promised in the rules and done by people",
        ),
    ),
    Fixture(
        "b/F2",
        "BoTu 2023 scores from one to five without words, takes a film for a plan, and says which before how much.",
        (
            f"{ROTTERDAM}test_f2_how_the_commission_judges_stands_in_the_rules_that_are_frozen",
            "tests/actions/test_panel_work.py::test_a_score_needs_no_words_and_changes_until_the_close",
            "tests/actions/test_panel_work.py::test_how_much_waits_until_which_is_closed_where_the_rules_say_so",
        ),
        Waits("films", "an idea is text with photos here; a film in its place cannot be put in yet"),
    ),
    Fixture(
        "b/F3",
        "After the plan for Soesterkwartier came delay and silence, and trust fell.",
        (
            f"{PROMISES}test_f3_silence_after_a_promise_shows_until_somebody_says_how_it_goes",
            f"{CARRIED_OUT}test_f3_a_promise_that_goes_silent_warns_its_owner_and_then_shows",
        ),
        Waits("the wijk's year", "asking residents anew whether an old plan still holds is a step of a later year"),
    ),
    Fixture(
        "b/F4",
        "Residents of Zuidoost objected, the gemeente stopped, they wrote a plan, and it was answered in public.",
        (f"{PROMISES}test_f4_an_objection_stops_the_end_until_it_is_answered_in_public",),
        Waits("pausing a traject", "a phase can be longer with a public reason; standing still is no state yet"),
    ),
    Fixture(
        "b/F5",
        "Four street terraces in Nieuwegein reached about 200 visitors, a quarter of the residents.",
        (f"{MEETINGS}test_f5_four_terraces_reached_a_quarter_of_the_residents",),
    ),
    Fixture(
        "b/F6",
        "Five people whom the wijk trusts spoke with 400 of 1,600 residents of Kolenkit, in the place of an office.",
        (
            "tests/actions/test_entering.py::test_the_resident_owns_what_a_helper_wrote_down",
            "tests/actions/test_entering.py::test_nothing_is_kept_of_somebody_who_did_not_agree",
            f"{MEETINGS}test_f6_four_hundred_of_sixteen_hundred_is_a_quarter_and_says_who_counted",
        ),
    ),
    Fixture(
        "b/F7",
        "In Overvecht a thousand people found work and unemployment hardly fell, so that the money went elsewhere.",
        (f"{MEETINGS}test_f7_people_at_work_is_no_change_until_unemployment_is_measured",),
    ),
    Fixture(
        "b/F8",
        "Overvecht's scheme asks for a goal and a partner, and only asks after money of others.",
        (
            f"{THREE_PLACES}test_f8_without_a_partner_it_fails",
            f"{THREE_PLACES}test_f8_money_of_others_is_asked_and_stops_nothing",
        ),
    ),
    Fixture(
        "b/F9",
        "Westwijk hangs ideas under parts of five goals with their indicators.",
        waits=Waits("the wijk's agenda", "goals with parts, and ideas that hang under them, are not there yet"),
    ),
    Fixture(
        "b/F10",
        "Zeist made four goals and thirteen chances, and took them past college and raad.",
        waits=Waits("the wijk's agenda", "a document is adopted once here; a chain of college and raad comes later"),
    ),
    Fixture(
        "b/F11",
        "Volunteers of San Romanoway told what they gained: skills, friends, work.",
        waits=Waits(INDICATORS, "answers about what came of it are figures; nothing shows those yet"),
    ),
    Fixture(
        "b/F12",
        "A pilot in Den Haag made 12 jobs of 15.",
        waits=Waits(INDICATORS, "a target with what was reached is a figure; nothing shows those yet"),
    ),
    Fixture(
        "b/F13",
        "Money that follows requests goes to who asks best; Zaanstad divided it by need.",
        waits=Waits("envelopes by area", "one pot is one envelope here; parts of it by area and need come later"),
    ),
    Fixture(
        "b/F14",
        "Toronto's tables make plans with no money at all.",
        (
            f"{THREE_PLACES}test_f14_a_table_without_a_euro_goes_all_the_way",
            f"{THREE_PLACES}test_f14_who_makes_a_plan_owns_it_and_nobody_stands_alone",
            "tests/actions/test_rounds.py::test_a_traject_without_money_has_no_round",
        ),
    ),
    Fixture(
        "b/F15",
        "What is left over in Ruwaard is split between three parties, to the cent.",
        (
            f"{CARRIED_OUT}test_f15_a_surplus_for_three_parties_is_split_to_the_cent",
            "tests/spelregels/test_ledger.py::test_parts_are_together_the_whole_and_none_is_a_cent_off",
        ),
    ),
    Fixture(
        "b/F16",
        "Hackney decides about a plan and its money every year, and makes one of ideas that are the same.",
        (
            "tests/actions/test_merging.py::test_both_authors_make_one_idea_and_each_supporter_decides",
            "tests/actions/test_merging.py::test_a_no_changes_nothing_and_an_old_proposal_makes_room",
        ),
        Waits(
            "the wijk's year", "a year with its plan and its money is one traject; nothing begins the next by itself"
        ),
    ),
    Fixture(
        "b/F17",
        "Of five ways in which residents take part in governing a wijk, only the last gives them a seat on the board.",
        waits=Waits("governance of a wijk", "boards and their seats are no part of the site yet"),
    ),
)
