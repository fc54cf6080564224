"""Seed 004: Zwolle, Delft and Rotterdam, where the spelregels stand."""

from tests.scenarios.fixture import Fixture

ZWOLLE = "tests/scenarios/test_zwolle.py::"
TRAJECTEN = "tests/actions/test_trajecten.py::"
DELFT = "tests/scenarios/test_delft.py::"

ZWOLLE_DELFT_ROTTERDAM: tuple[Fixture, ...] = (
    Fixture(
        "c/Z1",
        "Zwolle tests an idea in seven ways, and each that fails alone gives its own refusal.",
        (
            f"{ZWOLLE}test_z1_each_of_the_seven_tests_stops_an_idea_with_its_own_refusal",
            f"{ZWOLLE}test_z1_seven_different_refusals",
            f"{ZWOLLE}test_z1_who_passes_gets_a_plan_and_money_of_others_is_only_shown",
            "tests/actions/test_idea_rules.py::test_each_of_the_seven_tests_alone_stops_an_idea",
        ),
    ),
    Fixture(
        "c/Z2",
        "Where residents only know, every way to write refuses.",
        (
            f"{ZWOLLE}test_z2_where_residents_only_know_every_act_refuses",
            f"{ZWOLLE}test_z2_what_was_promised_before_is_still_owed",
            "tests/blueprints/test_every_cell.py::test_every_address_does_what_the_table_says",
        ),
    ),
    Fixture(
        "c/Z3",
        "What was decided already can only be told.",
        (
            f"{ZWOLLE}test_z3_after_the_decision_no_say_can_be_promised",
            f"{ZWOLLE}test_z3_only_meeweten_opens_and_stays_so",
        ),
    ),
    Fixture(
        "c/Z4",
        "A tenth of the people with sixty percent of the ideas stops the closing until somebody acts or explains.",
        (
            f"{ZWOLLE}test_z4_a_tenth_with_sixty_percent_of_the_ideas_keeps_the_vote_closed",
            "tests/actions/test_balance.py::test_z4_closing_is_refused_until_somebody_acts_or_explains",
        ),
    ),
    Fixture(
        "c/Z5",
        "A question of the whole city does not open in a wijk before the city was asked.",
        (
            f"{TRAJECTEN}test_a_question_of_the_whole_city_opens_in_a_wijk_after_the_city_was_asked",
            f"{TRAJECTEN}test_only_a_public_traject_of_the_whole_city_counts_as_having_asked_the_city",
        ),
    ),
    Fixture(
        "c/D1",
        "Delft's year ends each phase in a document, and residents react before the programme is adopted.",
        (
            f"{DELFT}test_d1_the_programme_is_adopted_after_residents_could_react",
            f"{DELFT}test_d1_no_phase_of_the_year_closes_without_its_document",
            "tests/spelregels/test_presets.py::test_the_year_of_delft_follows_its_calendar",
        ),
    ),
    Fixture(
        "c/D2",
        "What helps one person does not reach Delft's agenda.",
        (f"{DELFT}test_d2_what_helps_one_person_does_not_reach_the_agenda",),
    ),
    Fixture(
        "c/D3",
        "A quick fix in Delft has no goal to meet, and is done within its term.",
        (
            f"{DELFT}test_d3_a_quick_fix_is_owed_within_its_term_without_a_goal_test",
            f"{DELFT}test_d3_more_time_for_a_quick_fix_is_taken_in_public",
            f"{DELFT}test_d3_an_answer_is_owed_within_two_weeks",
        ),
    ),
    Fixture(
        "c/R1",
        "A disagreement about how residents take part goes to the city, to a name and with a clock.",
        (
            "tests/actions/test_disputes.py::test_r1_a_disagreement_goes_up_to_a_name_with_a_clock",
            "tests/blueprints/test_disputes.py::test_r1_everybody_reads_what_was_laid_before_whom_and_until_when",
        ),
    ),
)
