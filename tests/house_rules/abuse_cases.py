"""Which test covers each case of the abuse list, and which cases wait for what they are about?

A name is that of a test function somewhere under tests/; the number stands in its docstring. A case that a
colleague's page or a later capability brings is `waits(…)` with the reason; replace it when the test is there.
"""

from dataclasses import dataclass

CASES = 70


@dataclass(frozen=True, slots=True)
class Waits:
    """Why a case cannot be tested yet."""

    reason: str


def waits(reason: str) -> Waits:
    """Read aloud: this case waits for that."""
    return Waits(reason)


ONLINE_ONLY = waits("votes come in through the web alone; desk and paper entry come later")
NO_LOTTERY = waits("there is no draw by lot yet")
NO_OUTSIDE_LOGIN = waits("nobody logs in through another party yet")
NO_OWN_DATA_EXPORT = waits("nobody can ask for their own data as a file yet")

ABUSE: dict[int, tuple[str, ...] | Waits] = {
    1: ("test_twenty_casts_with_one_code_leave_one_ballot",),
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
    ),
    5: (
        "test_a_knapsack_holds_no_more_than_the_pot",
        "test_twenty_drafts_at_once_are_one_draft",
        "test_a_knapsack_over_the_pot_is_kept_but_not_cast",
    ),
    6: (
        "test_each_limit_of_a_ballot_holds",
        "test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept",
        "test_costs_and_names_are_those_that_were_frozen",
        "test_a_ballot_that_cannot_be_is_refused_and_the_code_still_works",
        "test_a_knapsack_over_the_pot_is_kept_but_not_cast",
    ),
    7: (
        "test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept",
        "test_a_ballot_that_cannot_be_is_refused_and_the_code_still_works",
        "test_a_plan_of_another_round_is_refused",
        "test_each_limit_of_a_ballot_holds",
    ),
    8: (
        "test_the_vote_is_open_from_its_first_second_to_its_last",
        "test_nothing_is_taken_before_the_opening_or_after_the_close",
        "test_the_clock_of_the_house_closes_the_vote_to_the_second",
        "test_in_the_night_that_has_an_hour_twice_the_vote_closes_once",
        "test_a_clock_that_is_set_back_opens_no_vote_that_was_counted",
        "test_phases_turn_at_midnight_in_amsterdam_also_when_the_clock_is_set_back",
    ),
    9: waits("there is no API to write with yet; the action that every way in shares is tested at case 8"),
    10: (
        "test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept",
        "test_a_ballot_that_cannot_be_is_refused_and_the_code_still_works",
    ),
    11: (
        "test_a_revoked_code_is_refused_also_in_an_open_browser",
        "test_a_code_that_fell_away_is_refused_also_in_an_open_browser",
        "test_a_credential_votes_again_only_the_way_it_voted",
    ),
    12: (
        "test_unknown_foreign_and_mistyped_codes_get_one_answer",
        "test_every_wrong_code_gets_one_answer",
        "test_a_code_of_one_round_shows_no_ballot_of_another",
    ),
    13: waits("accounts do not vote yet: a ballot belongs to a letter code and to no account"),
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
    ),
    18: ("test_without_a_code_there_is_no_ballot_and_no_receipt",),
    19: (
        "test_a_wrong_code_is_counted_and_the_eleventh_in_an_hour_is_refused",
        "test_wrong_codes_at_once_are_all_counted",
        "test_the_eleventh_guess_is_refused_and_other_voters_pass",
        "test_codes_that_no_letter_holds_do_not_fill_the_table",
    ),
    20: (
        "test_a_code_is_accepted_as_people_type_it",
        "test_a_code_works_however_it_is_typed",
    ),
    21: (
        "test_a_code_stands_in_no_address_log_or_cookie",
        "test_a_code_in_an_address_is_not_read",
    ),
    22: (
        "test_the_database_holds_no_usable_code",
        "test_the_database_holds_no_usable_code_or_token",
        "test_without_our_secret_nobody_makes_the_key",
    ),
    23: waits("a lost letter cannot be replaced yet; revoking and reissuing come later"),
    24: (
        "test_a_code_is_bound_to_the_browser_that_asked",
        "test_a_code_works_once",
        "test_a_code_of_ten_minutes_is_too_old",
        "test_an_old_code_keeps_out",
        "test_a_code_works_in_the_browser_that_asked_alone",
        "test_a_used_code_keeps_out",
        "test_a_login_code_works_once_for_ten_minutes_and_five_tries",
    ),
    25: (
        "test_what_changes_something_is_never_a_get",
        "test_opening_a_link_never_logs_in",
        "test_opening_the_page_of_support_supports_nothing",
    ),
    26: (
        "test_a_known_and_an_unknown_address_leave_the_same_trace",
        "test_known_and_unknown_addresses_get_one_answer",
    ),
    27: (
        "test_one_address_gets_five_mails_an_hour",
        "test_the_sixth_mail_in_an_hour_is_refused",
    ),
    28: (
        "test_a_change_of_rights_ends_every_session_of_that_account",
        "test_logging_in_leaves_nothing_of_the_old_cookie",
        "test_a_cookie_is_worth_nothing_after_logging_out",
    ),
    29: waits("mail has no unsubscribe link with a token yet: following is stopped after logging in"),
    30: waits("there are no invitations and no passwords to reset"),
    31: NO_OUTSIDE_LOGIN,
    32: (
        "test_after_logging_in_nobody_is_sent_elsewhere",
        "test_the_language_switch_never_leads_away",
    ),
    33: waits("staff log in with a mailed code like everybody; a second factor comes later"),
    34: (
        "test_every_route_declares_who_may_use_it",
        "test_the_written_table_is_the_one_in_force",
        "test_every_address_does_what_the_table_says",
    ),
    35: (
        "test_what_is_not_public_is_not_there",
        "test_no_list_betrays_what_is_not_public",
        "test_every_number_of_an_idea_is_there_for_its_readers_alone",
        "test_an_act_on_the_idea_of_another_changes_nothing",
        "test_a_dispute_has_one_address",
    ),
    36: waits("one installation serves one gemeente; its address is a setting and not the Host header"),
    37: ("test_a_list_that_does_not_exist_is_not_there",),
    38: (
        "test_fields_that_are_not_asked_are_not_taken",
        "test_nobody_makes_themselves_an_official",
    ),
    39: (
        "test_costs_and_names_are_those_that_were_frozen",
        "test_limits_are_those_that_were_frozen",
        "test_a_cost_changed_after_opening_changes_no_ballot_and_no_count",
        "test_nothing_of_an_opened_round_changes",
        "test_nothing_of_its_plans_changes",
        "test_plans_neither_join_nor_leave_an_opened_round",
    ),
    40: waits("`verify` comes with the downloadable bundle"),
    41: (
        "test_what_looks_like_code_is_shown_as_text",
        "test_the_feed_is_atom_with_ideas_and_the_besluit",
        "test_mail_that_looks_like_html_is_text",
        "test_scripts_in_a_besluit_are_text",
        "test_what_looks_like_code_in_what_the_rules_ask_is_text_too",
        "test_what_somebody_typed_is_only_text",
        "test_what_somebody_types_as_a_translation_stays_text",
    ),
    42: (
        "test_links_that_do_something_are_no_links",
        "test_what_only_looks_like_a_photo_is_refused",
        "test_what_hides_behind_a_photo_stays_behind",
        "test_what_is_missing_is_asked",
    ),
    43: (
        "test_a_text_of_ten_megabytes_is_refused_with_a_page",
        "test_a_small_file_with_a_sea_of_pixels_is_never_unpacked",
        "test_a_photo_in_a_thousand_scans_is_refused_before_it_keeps_us_busy",
        "test_a_file_that_is_too_large_is_refused_and_nothing_typed_is_lost",
        "test_a_body_above_all_limits_is_refused",
        "test_the_longest_idea_is_read_and_listed",
    ),
    44: ("test_where_and_by_what_a_photo_was_taken_is_gone",),
    45: waits("there is no CSV export yet"),
    46: (
        "test_marks_that_hide_or_turn_text_go_and_letters_stay",
        "test_the_feed_survives_whatever_was_typed",
        "test_a_name_in_another_script_is_shown_apart",
    ),
    47: waits("the server opens no address that somebody typed"),
    48: (
        "test_a_title_never_becomes_a_header_of_a_mail",
        "test_what_is_no_address_gets_no_mail",
    ),
    49: (
        "test_what_looks_like_code_is_shown_as_text",
        "test_what_looks_like_code_in_what_the_rules_ask_is_text_too",
    ),
    50: (
        "test_no_text_takes_long_to_look_at",
        "test_whatever_is_typed_is_read_without_an_error",
        "test_the_longest_idea_is_read_and_listed",
    ),
    51: NO_OWN_DATA_EXPORT,
    52: (
        "test_pages_for_somebody_are_kept_nowhere",
        "test_pages_of_a_voter_are_kept_nowhere",
        "test_public_pages_may_be_kept_and_no_page_for_somebody",
    ),
    # Results of a vote are shown for a whole round alone; who takes part is shown by group.
    53: (
        "test_nothing_is_shown_where_the_rest_would_tell_it",
        "test_whoever_reckons_every_possibility_still_knows_no_group_below_ten",
        "test_whoever_looks_before_and_after_an_answer_sees_no_difference",
        "test_the_wijk_is_compared_with_those_who_answered",
    ),
    54: waits("erasing an account comes later"),
    55: (
        "test_no_secret_is_repeated_in_the_message",
        "test_the_audit_row_holds_no_text_that_somebody_typed",
        "test_a_code_stands_in_no_address_log_or_cookie",
        "test_every_public_page_is_sound",
        "test_a_mistake_of_ours_gets_a_page_without_its_details",
        "test_a_household_puts_in_once_and_its_address_is_kept_nowhere",
    ),
    56: waits("the roll is the letters that were sent; age and address are checked where they are made"),
    57: (
        "test_a_code_used_on_paper_does_not_vote_online",
        "test_a_credential_votes_again_only_the_way_it_voted",
        "test_a_code_that_fell_away_is_refused_also_in_an_open_browser",
    ),
    58: ONLINE_ONLY,
    59: ONLINE_ONLY,
    60: NO_LOTTERY,
    61: waits("killing the server while it casts is tested with the commands that start it, next"),
    62: (
        "test_no_server_loses_nothing",
        "test_a_worker_that_dies_after_sending_sends_twice_at_most",
    ),
    63: ("test_a_database_that_is_away_gets_a_page_that_says_what_to_do",),
    64: waits("needs a second server to fail over to"),
    65: ("test_voting_asks_nothing_of_a_mail_server_or_another_party",),
    66: ("test_every_migration_runs_down_and_up_with_data_in_the_tables",),
    67: waits("`verify` comes with the downloadable bundle"),
    68: waits("measured by `make bench`, which comes with this capability's close"),
    69: (
        "test_a_round_is_counted_once",
        "test_two_officials_open_a_vote_once",
        "test_a_phase_closes_once",
        "test_a_report_is_published_and_a_traject_closed_once",
    ),
    70: (
        "test_the_way_is_sound_in_another_language",
        "test_from_an_idea_to_a_published_decision",
    ),
}
