"""Cases 1 to 23 of the abuse list: voting and codes."""

from tests.house_rules.waiting import Waits, waits

OF_VOTES: dict[int, tuple[str, ...] | Waits] = {
    1: (
        "test_twenty_casts_with_one_code_leave_one_ballot",
        "test_one_person_at_once_in_eight_browsers_leaves_one_ballot",
    ),
    2: (
        "test_resending_a_ballot_changes_nothing",
        "test_sending_a_ballot_twice_is_harmless",
    ),
    3: (
        "test_resending_a_ballot_changes_nothing",
        "test_sending_a_ballot_twice_is_harmless",
    ),
    4: (
        "test_a_second_ballot_replaces_the_first_and_keeps_the_receipt",
        "test_voting_again_replaces_the_ballot_with_a_warning",
        "test_of_two_tabs_the_last_one_counts",
        "test_a_change_in_another_window_is_told",
    ),
    5: (
        "test_a_knapsack_holds_no_more_than_the_pot",
        "test_twenty_drafts_at_once_are_one_draft",
        "test_a_knapsack_over_the_pot_is_kept_but_not_cast",
        "test_each_limit_of_points_places_and_categories_holds",
        "test_points_that_cannot_be_are_refused_and_the_code_still_works",
    ),
    6: (
        "test_each_limit_of_a_ballot_holds",
        "test_each_limit_of_points_places_and_categories_holds",
        "test_points_that_cannot_be_are_refused_and_the_code_still_works",
        "test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept",
        "test_costs_and_names_are_those_that_were_frozen",
        "test_a_ballot_that_cannot_be_is_refused_and_the_code_still_works",
        "test_a_knapsack_over_the_pot_is_kept_but_not_cast",
    ),
    7: (
        "test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept",
        "test_a_ballot_that_cannot_be_is_refused_and_the_code_still_works",
        "test_a_plan_of_another_round_is_refused",
        "test_each_limit_of_points_places_and_categories_holds",
        "test_points_that_cannot_be_are_refused_and_the_code_still_works",
        "test_each_limit_of_a_ballot_holds",
    ),
    8: (
        "test_the_vote_is_open_from_its_first_second_to_its_last",
        "test_nothing_is_taken_before_the_opening_or_after_the_close",
        "test_the_clock_of_the_house_closes_the_vote_to_the_second",
        "test_in_the_night_that_has_an_hour_twice_the_vote_closes_once",
        "test_a_clock_that_is_set_back_opens_no_vote_that_was_counted",
        "test_phases_turn_at_midnight_in_amsterdam_also_when_the_clock_is_set_back",
        "test_who_is_choosing_at_the_close_hears_that_it_came_too_late_and_what_counts",
        "test_a_stack_comes_in_on_a_day_of_the_vote",
    ),
    9: waits("there is no API to write with yet; the action that every way in shares is tested at case 8"),
    10: (
        "test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept",
        "test_a_ballot_that_cannot_be_is_refused_and_the_code_still_works",
        "test_points_that_cannot_be_are_refused_and_the_code_still_works",
    ),
    11: (
        "test_a_code_that_is_revoked_while_choosing_is_told_at_the_next_choice",
        "test_a_revoked_code_is_refused_also_in_an_open_browser",
        "test_a_voter_of_a_revoked_batch_hears_why_at_every_step",
        "test_a_code_that_was_revoked_between_two_entries_does_not_count",
        "test_a_ballot_that_comes_in_while_its_batch_is_revoked_never_counts",
        "test_a_voter_whose_batch_was_revoked_is_told_why_on_casting_and_on_coming_back",
        "test_a_code_that_fell_away_is_refused_also_in_an_open_browser",
        "test_a_credential_votes_again_only_the_way_it_voted",
    ),
    12: (
        "test_unknown_foreign_and_mistyped_codes_get_one_answer",
        "test_every_wrong_code_gets_one_answer",
        "test_a_code_of_one_round_shows_no_ballot_of_another",
    ),
    13: (
        "test_one_person_at_once_in_eight_browsers_leaves_one_ballot",
        "test_whoever_logs_in_again_after_losing_everything_is_the_same_voter",
        "test_an_account_can_log_in_elsewhere_too",
    ),
    14: waits("no act takes a plan off a ballot yet; a vote with a mistake in it can be done over in public"),
    15: (
        "test_the_seed_of_ties_needs_the_last_ballot",
        "test_a_tie_shows_how_the_lot_was_drawn",
        "test_lots_are_drawn_again_by_the_seed",
    ),
    16: ("test_a_round_of_almost_nothing_has_a_report",),
    17: (
        "test_a_cookie_is_worth_nothing_after_logging_out",
        "test_after_leaving_nothing_that_was_sent_is_taken",
        "test_a_copy_of_the_cookie_is_worth_nothing_after_stopping",
        "test_a_vote_is_found_again_in_another_browser_and_by_nobody_else",
    ),
    18: (
        "test_without_a_code_there_is_no_ballot_and_no_receipt",
        "test_a_voter_finds_a_receipt_however_it_is_typed",
    ),
    19: (
        "test_a_wrong_code_is_counted_and_the_eleventh_in_an_hour_is_refused",
        "test_wrong_codes_at_once_are_all_counted",
        "test_the_eleventh_guess_is_refused_and_other_voters_pass",
        "test_codes_that_no_letter_holds_do_not_fill_the_table",
        "test_six_hundred_guesses_trip_the_limit_of_the_round_and_every_voter_passes",
        "test_guessing_with_ever_new_cookies_is_refused_with_a_time_to_wait",
        "test_the_eleventh_try_of_an_hour_is_refused_for_that_account_alone",
    ),
    20: (
        "test_a_code_is_accepted_as_people_type_it",
        "test_a_code_works_however_it_is_typed",
    ),
    21: (
        "test_a_code_stands_in_no_address_log_or_cookie",
        "test_a_code_in_an_address_is_not_read",
        "test_every_square_opens_the_vote_with_its_code_behind_the_hash",
        "test_the_code_of_a_square_lands_in_the_field_and_nowhere_else",
        "test_letters_come_with_a_list_of_kenmerken_without_codes",
    ),
    22: (
        "test_the_database_holds_no_usable_code",
        "test_the_log_names_no_code_and_no_table_has_its_minute",
        "test_the_database_holds_no_usable_code_or_token",
        "test_without_our_secret_nobody_makes_the_key",
        "test_the_database_holds_no_usable_residence_code",
    ),
    23: (
        "test_a_lost_letter_is_replaced_and_the_old_code_stops",
        "test_a_used_code_is_never_replaced_revoked_or_passed_on",
        "test_two_officials_replace_a_letter_once",
        "test_a_lost_letter_is_replaced_on_the_screen",
    ),
}
