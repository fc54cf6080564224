"""Seeds 000, 002 and 003: twelve cities that tried it with their money, two years, and what they wrote about it."""

from tests.scenarios.fixture import INDICATORS, Fixture, Waits

LEEUWARDEN = "tests/scenarios/test_leeuwarden.py::"
ALMELO = "tests/scenarios/test_almelo.py::"
HEERLEN_ARNHEM = "tests/scenarios/test_heerlen_arnhem.py::"
THREE_PLACES = "tests/scenarios/test_dordrecht_utrecht_toronto.py::"
MEETINGS = "tests/scenarios/test_meetings_and_reports.py::"
PROMISES = "tests/scenarios/test_promises.py::"
CARRIED_OUT = "tests/scenarios/test_carried_out.py::"

TWELVE_CITIES: tuple[Fixture, ...] = (
    Fixture(
        "a/F1",
        "A pot of 25 million gives twelve grants of 2 million, keeps one, and refuses the thirteenth.",
        (
            f"{PROMISES}test_f1_twelve_grants_of_two_million_leave_one_and_the_thirteenth_is_refused",
            "tests/spelregels/test_rulesets.py::test_a_programme_of_twenty_five_million_refuses_the_thirteenth_grant",
        ),
    ),
    Fixture(
        "a/F2",
        "Arnhem pays 40, 40 and 20 percent against results; without a result no more is paid, and cents add up.",
        (
            f"{HEERLEN_ARNHEM}test_f2_forty_forty_twenty_and_no_result_no_money",
            f"{HEERLEN_ARNHEM}test_f2_odd_cents_add_up_to_the_whole",
            f"{HEERLEN_ARNHEM}test_f2_a_result_of_later_earns_nothing_today",
            f"{HEERLEN_ARNHEM}test_f2_the_parts_are_named_by_what_earns_them",
            f"{CARRIED_OUT}test_f2_an_agreement_earns_nothing_and_what_is_paid_stays_4000",
            "tests/spelregels/test_rulesets.py::test_parts_are_together_the_whole_to_the_cent",
        ),
    ),
    Fixture(
        "a/F3",
        "A household in Almelo gets 750 euros at most, once, and does not take the money itself.",
        (
            f"{ALMELO}test_f3_a_household_asks_once",
            f"{ALMELO}test_f3_a_household_asks_once_also_after_it_was_answered",
            f"{ALMELO}test_f3_750_euros_and_not_a_cent_more",
            "tests/blueprints/test_idea_forms.py::test_a_household_puts_in_once_and_its_address_is_kept_nowhere",
        ),
    ),
    Fixture(
        "a/F4",
        "Almelo's fund of 200,000 euros asks for a project group, says why where there is none, and is never overdrawn.",
        (
            f"{ALMELO}test_f4_a_wish_without_a_project_group_is_not_carried_out_and_says_why",
            f"{ALMELO}test_f4_with_its_proposer_in_the_group_it_goes_on",
            f"{ALMELO}test_f4_the_fund_never_gives_more_than_200_000_euros",
            "tests/actions/test_awarding.py::test_two_admissions_at_once_do_not_overdraw_the_pot",
        ),
    ),
    Fixture(
        "a/F5",
        "In Leeuwarden plans of professionals are not tabled, organising is not paid, the adviesplatform advises on the "
        "rest, and what a helper heard stays of the resident.",
        (
            f"{LEEUWARDEN}test_f5_a_plan_from_the_kitchen_of_professionals_is_not_tabled",
            f"{LEEUWARDEN}test_f5_who_hides_a_firm_behind_a_resident_is_stopped_later",
            f"{LEEUWARDEN}test_f5_money_for_organising_stops_a_plan_to_the_cent",
            f"{LEEUWARDEN}test_f5_a_plan_of_residents_goes_to_the_adviesplatform_which_binds_nobody",
            f"{LEEUWARDEN}test_f5_what_is_heard_in_the_cafe_stays_of_the_resident",
            f"{MEETINGS}test_f5_what_is_heard_in_cafe_doen_waits_for_its_owner",
        ),
    ),
    Fixture(
        "a/F6",
        "Nothing is carried out in Leeuwarden before frame, costs and the choice of residents; delay is told.",
        (
            f"{LEEUWARDEN}test_f6_nothing_is_carried_out_before_the_frame_the_costs_and_the_choice",
            f"{LEEUWARDEN}test_f6_a_delay_is_told_and_the_end_is_public",
            f"{CARRIED_OUT}test_f6_followers_hear_of_a_delay_at_once_and_what_is_done_is_celebrated",
        ),
    ),
    Fixture(
        "a/F7",
        "Heerlen starts with resident, organisation and gemeente together, and with what is ready before 31 December; "
        "a clean-up was done within three months.",
        (
            f"{HEERLEN_ARNHEM}test_f7_with_one_of_the_three_missing_it_cannot_start",
            f"{HEERLEN_ARNHEM}test_f7_what_is_done_after_31_december_is_not_selected",
            f"{HEERLEN_ARNHEM}test_f7_nobody_is_the_third_by_coming_twice",
            f"{HEERLEN_ARNHEM}test_f7_the_clean_up_is_promised_within_three_months_and_late_a_day_after",
        ),
        Waits(INDICATORS, "a playground within a year with 35 volunteers is a figure about what came of it"),
    ),
    Fixture(
        "a/F8",
        "Utrecht reached 92 percent of one target and 83 of another; what was not reported is never shown as nothing.",
        waits=Waits(INDICATORS, "targets with what was reached are figures; nothing shows those yet"),
    ),
    Fixture(
        "a/F9",
        "In Nijmegen 318 people came, 258 began, 195 stayed and 87 work.",
        waits=Waits(INDICATORS, "steps of a programme are figures; nothing shows those yet"),
    ),
    Fixture(
        "a/F10",
        "Eight squares in Den Haag promised 128 small activities and forecast about 125.",
        waits=Waits(INDICATORS, "a target beside a forecast is a figure; nothing shows those yet"),
    ),
    Fixture(
        "a/F11",
        "A museum bus of 2,500 euros for each of twelve schools costs 15.87 euros a person.",
        waits=Waits(INDICATORS, "a price for each person is a figure; nothing shows those yet"),
    ),
    Fixture(
        "a/F12",
        "Residents of Dordrecht set the order of seven priorities; another order of the gemeente has a public reason.",
        (
            f"{THREE_PLACES}test_f12_the_order_of_the_residents_divides_the_money",
            f"{THREE_PLACES}test_f12_another_order_of_the_gemeente_needs_a_public_ground",
            f"{THREE_PLACES}test_f12_how_the_order_is_made_is_as_was_promised",
        ),
        Waits("ranking ballots", "residents tick what matters; putting plans in an order themselves has no screen yet"),
    ),
    Fixture(
        "a/F13",
        "Of those who left school in Heerlen 51, 16 and 11 percent are known; the rest is unknown and not made up.",
        waits=Waits(INDICATORS, "parts that need not be a whole are figures; nothing shows those yet"),
    ),
    Fixture(
        "a/F14",
        "A group of 78 percent of the wijk with 2 of 20 people taking part is marked as too few.",
        (
            "tests/spelregels/test_representation.py::test_f14_two_of_twenty_where_sixteen_would_be_expected",
            "tests/blueprints/test_balance.py::test_the_wijk_is_compared_with_those_who_answered",
        ),
        Waits(INDICATORS, "a panel meets its quotas; beside the wijk stand those who take part, not yet its members"),
    ),
    Fixture(
        "a/F15",
        "A project does not end before it is told in public what came of it.",
        (
            f"{PROMISES}test_f15_nothing_ends_without_telling_what_came_of_it",
            f"{CARRIED_OUT}test_f15_a_project_is_not_closed_without_its_result",
            "tests/actions/test_closing.py::test_a_traject_closes_with_everything_done_and_never_without_its_report",
        ),
    ),
    Fixture(
        "a/F16",
        "Residents challenge the gemeente with a better or cheaper way, and get a public decision with reasons.",
        (
            "tests/actions/test_disputes.py::test_f16_a_challenge_gets_a_decision_with_its_reason",
            "tests/blueprints/test_disputes.py::test_the_answer_stands_beside_it_for_everybody",
        ),
    ),
    Fixture(
        "a/F17",
        "One person alone decides no exception: a second agrees, or an independent third settles it.",
        (
            "tests/actions/test_groups.py::test_two_people_set_a_test_aside_and_then_it_is_admitted",
            "tests/actions/test_groups.py::test_a_third_settles_what_two_do_not_agree_on",
            "tests/actions/test_groups.py::test_the_database_wants_different_people_too",
        ),
    ),
)
