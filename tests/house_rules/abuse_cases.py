"""Which test covers each case of the abuse list, and which cases wait for what they are about?

A name is that of a test function somewhere under tests/; the number stands in its docstring. A case that a
colleague's page or a later capability brings is `waits(…)` with the reason; replace it when the test is there.
"""

from tests.house_rules.abuse_of_votes import OF_VOTES
from tests.house_rules.waiting import Waits, waits

CASES = 70

NO_OWN_DATA_EXPORT = waits("nobody can ask for their own data as a file yet")

ABUSE: dict[int, tuple[str, ...] | Waits] = OF_VOTES | {
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
        "test_a_link_in_a_mail_only_stops_and_only_when_it_is_sent",
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
        "test_rights_follow_the_areas_of_the_organisation_and_end_with_membership",
        "test_logging_in_leaves_nothing_of_the_old_cookie",
        "test_a_cookie_is_worth_nothing_after_logging_out",
        "test_logging_in_begins_a_session_of_its_own_and_leads_nowhere_else",
    ),
    29: (
        "test_a_link_in_a_mail_only_stops_and_only_when_it_is_sent",
        "test_a_token_that_was_changed_is_not_there",
    ),
    30: waits("there are no invitations and no passwords to reset"),
    31: (
        "test_the_same_person_is_the_same_account_in_every_browser",
        "test_an_answer_that_is_not_ours_logs_nobody_in",
        "test_an_answer_to_another_login_is_refused",
        "test_an_answer_works_once_also_with_a_copy_of_the_cookie",
    ),
    32: (
        "test_after_logging_in_nobody_is_sent_elsewhere",
        "test_the_language_switch_never_leads_away",
        "test_logging_in_begins_a_session_of_its_own_and_leads_nowhere_else",
        "test_where_to_verify_leads_to_no_other_site",
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
    40: (
        "test_a_byte_that_changed_in_any_file_is_found_in_that_file",
        "test_a_number_of_ballots_that_is_changed_everywhere_breaks_the_outcome_and_the_seal",
        "test_votes_that_an_administrator_takes_away_break_the_bundle",
        "test_a_vote_that_is_changed_breaks_the_seal_also_in_an_outcome_that_is_written_anew",
        "test_ballots_that_were_tampered_with_are_not_counted_and_the_council_reads_it",
        "test_a_broken_seal_is_told_to_who_counts",
    ),
    41: (
        "test_what_looks_like_code_is_shown_as_text",
        "test_the_feed_is_atom_with_ideas_and_the_besluit",
        "test_the_feed_of_a_wijk_tells_of_all_its_trajecten",
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
        "test_what_is_no_bundle_is_refused_with_one_sentence",
        "test_a_small_file_that_unfolds_to_much_is_never_unfolded",
    ),
    44: (
        "test_where_and_by_what_a_photo_was_taken_is_gone",
        "test_a_photo_of_the_work_says_in_words_what_is_on_it_and_not_where_it_was_taken",
    ),
    45: (
        "test_letters_come_with_a_list_of_kenmerken_without_codes",
        "test_ballots_and_plans_go_out_as_tables_without_formulas",
    ),
    46: (
        "test_marks_that_hide_or_turn_text_go_and_letters_stay",
        "test_the_feed_survives_whatever_was_typed",
        "test_a_name_in_another_script_is_shown_apart",
    ),
    47: ("test_nothing_that_is_shown_or_printed_fetches_what_somebody_typed",),
    48: (
        "test_a_title_never_becomes_a_header_of_a_mail",
        "test_what_is_no_address_gets_no_mail",
        "test_what_somebody_typed_becomes_no_header_and_no_template",
    ),
    49: (
        "test_what_looks_like_code_is_shown_as_text",
        "test_what_somebody_typed_becomes_no_header_and_no_template",
        "test_what_looks_like_code_in_what_the_rules_ask_is_text_too",
    ),
    50: (
        "test_no_text_takes_long_to_look_at",
        "test_whatever_is_typed_is_read_without_an_error",
        "test_no_text_takes_long_to_tell_its_language_or_what_it_looks_like",
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
        "test_no_area_with_few_people_can_be_told_by_taking_one_number_from_another",
        "test_everybody_reads_what_came_in_on_paper_and_no_small_number",
    ),
    54: waits("erasing an account comes later"),
    55: (
        "test_no_secret_is_repeated_in_the_message",
        "test_the_audit_row_holds_no_text_that_somebody_typed",
        "test_a_code_stands_in_no_address_log_or_cookie",
        "test_every_public_page_is_sound",
        "test_a_mistake_of_ours_gets_a_page_without_its_details",
        "test_a_household_puts_in_once_and_its_address_is_kept_nowhere",
        "test_one_network_and_one_account_report_a_few_times_an_hour",
    ),
    56: waits("the roll is the letters that were sent; age and address are checked where they are made"),
    57: (
        "test_a_code_used_on_paper_does_not_vote_online",
        "test_a_credential_votes_again_only_the_way_it_voted",
        "test_a_code_that_fell_away_is_refused_also_in_an_open_browser",
        "test_from_the_first_entry_on_nobody_votes_online_with_that_code",
        "test_a_sheet_of_somebody_who_voted_online_is_kept_and_rejected",
        "test_a_clerk_and_a_voter_at_once_leave_one_ballot_and_the_other_hears_why",
        "test_whatever_happens_to_codes_the_ballots_are_those_of_a_small_model",
    ),
    58: (
        "test_two_clerks_who_disagree_count_nothing_and_both_entries_stay",
        "test_one_of_the_two_does_not_settle_alone_and_both_together_do",
    ),
    59: ("test_a_file_that_comes_in_twice_changes_nothing",),
    60: (
        "test_each_way_to_tamper_has_its_own_message",
        "test_a_number_is_taken_after_its_moment_and_once",
        "test_a_lot_that_was_changed_in_the_database_is_not_drawn",
        "test_a_lot_that_is_ready_too_late_fails_and_lets_the_pool_go",
    ),
    61: (
        "test_nothing_that_was_acknowledged_is_lost_when_who_casts_is_killed",
        "test_a_round_that_is_read_in_or_counted_by_a_process_that_is_killed_is_there_whole_or_not",
        "test_a_pool_that_is_read_in_by_a_process_that_is_killed_is_there_whole_or_not",
    ),
    62: (
        "test_no_server_loses_nothing",
        "test_a_worker_that_dies_after_sending_sends_twice_at_most",
        "test_a_worker_that_is_killed_anywhere_loses_nothing_and_doubles_one_at_most",
    ),
    63: (
        "test_a_database_that_is_away_gets_a_page_that_says_what_to_do",
        "test_a_database_that_somebody_else_holds_gets_a_page_that_says_it_does_not_count_yet",
        "test_a_database_that_cannot_be_written_gets_a_page_that_says_it_does_not_count_yet",
        "test_a_full_disk_gets_a_page_that_says_it_does_not_count_yet",
    ),
    64: (
        "test_a_server_that_was_started_again_between_two_pages_loses_no_vote",
        "test_a_connection_that_dies_within_the_vote_is_begun_anew_and_a_server_that_stays_away_says_so",
        "test_a_commit_of_which_nobody_heard_is_sent_again_and_counts_once",
        "test_a_deadlock_is_begun_anew",
    ),
    65: (
        "test_voting_asks_nothing_of_a_mail_server_or_another_party",
        "test_a_service_that_is_down_gets_a_page_and_everything_else_goes_on",
    ),
    66: ("test_every_migration_runs_down_and_up_with_data_in_the_tables",),
    67: ("test_a_restored_backup_gives_the_same_bundle",),
    # Its seconds are measured by `make bench`, which fails when a ballot of the rush is lost.
    68: ("test_fifty_voters_at_once_are_fifty_ballots",),
    69: (
        "test_a_round_is_counted_once",
        "test_nothing_is_sealed_before_the_close_and_all_of_it_once_after",
        "test_two_officials_open_a_vote_once",
        "test_a_phase_closes_once",
        "test_a_report_is_published_and_a_traject_closed_once",
    ),
    70: (
        "test_the_way_is_sound_in_another_language",
        "test_arabic_is_joined_and_runs_from_the_right",
        "test_digits_of_another_script_are_digits",
        "test_points_and_places_are_given_by_keyboard_without_script",
        "test_from_an_idea_to_a_published_decision",
    ),
}
