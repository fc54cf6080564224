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
NO_FILES = waits("nothing can be uploaded yet")
NO_OWN_DATA_EXPORT = waits("nobody can ask for their own data as a file yet")
NEXT_PAGES = waits("its pages are being built; the test comes with them")

ABUSE: dict[int, tuple[str, ...] | Waits] = {
    1: ("test_twenty_casts_with_one_code_leave_one_ballot",),
    2: ("test_resending_a_ballot_changes_nothing",),
    3: ("test_resending_a_ballot_changes_nothing",),
    4: ("test_a_second_ballot_replaces_the_first_and_keeps_the_receipt",),
    5: ("test_a_knapsack_holds_no_more_than_the_pot", "test_twenty_drafts_at_once_are_one_draft"),
    6: (
        "test_each_limit_of_a_ballot_holds",
        "test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept",
        "test_costs_and_names_are_those_that_were_frozen",
    ),
    7: ("test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept",),
    8: (
        "test_the_vote_is_open_from_its_first_second_to_its_last",
        "test_nothing_is_taken_before_the_opening_or_after_the_close",
    ),
    9: waits("there is no API to write with yet; the action that every way in shares is tested at case 8"),
    10: ("test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept",),
    11: ("test_a_revoked_code_is_refused_also_in_an_open_browser",),
    12: ("test_unknown_foreign_and_mistyped_codes_get_one_answer",),
    13: waits("accounts do not vote yet: a ballot belongs to a letter code and to no account"),
    14: waits("a plan cannot be withdrawn once voting is open; that act comes later"),
    15: ("test_the_seed_of_ties_needs_the_last_ballot",),
    16: waits("the counting of rounds is tested with the actions of wijkbudget, next"),
    17: NEXT_PAGES,
    18: NEXT_PAGES,
    19: (
        "test_a_wrong_code_is_counted_and_the_eleventh_in_an_hour_is_refused",
        "test_wrong_codes_at_once_are_all_counted",
    ),
    20: ("test_a_code_is_accepted_as_people_type_it",),
    21: NEXT_PAGES,
    22: ("test_the_database_holds_no_usable_code", "test_the_database_holds_no_usable_code_or_token"),
    23: waits("a lost letter cannot be replaced yet; revoking and reissuing come later"),
    24: (
        "test_a_code_is_bound_to_the_browser_that_asked",
        "test_a_code_works_once",
        "test_a_code_of_ten_minutes_is_too_old",
    ),
    25: ("test_what_changes_something_is_never_a_get",),
    26: ("test_a_known_and_an_unknown_address_leave_the_same_trace",),
    27: ("test_one_address_gets_five_mails_an_hour",),
    28: NEXT_PAGES,
    29: waits("mail has no unsubscribe link with a token yet: following is stopped after logging in"),
    30: waits("there are no invitations and no passwords to reset"),
    31: NO_OUTSIDE_LOGIN,
    32: NEXT_PAGES,
    33: waits("staff log in with a mailed code like everybody; a second factor comes later"),
    34: ("test_every_route_declares_who_may_use_it", "test_the_written_table_is_the_one_in_force"),
    35: NEXT_PAGES,
    36: waits("one installation serves one gemeente; its address is a setting and not the Host header"),
    37: waits("no list can be sorted or filtered by the visitor yet"),
    38: NEXT_PAGES,
    39: ("test_costs_and_names_are_those_that_were_frozen", "test_limits_are_those_that_were_frozen"),
    40: waits("`verify` comes with the downloadable bundle"),
    41: NEXT_PAGES,
    42: NO_FILES,
    43: NEXT_PAGES,
    44: NO_FILES,
    45: waits("there is no CSV export yet"),
    46: NEXT_PAGES,
    47: waits("the server opens no address that somebody typed"),
    48: waits("mails are rendered by the command that sends them; the test comes with it"),
    49: NEXT_PAGES,
    50: ("test_whatever_is_typed_is_read_without_an_error",),
    51: NO_OWN_DATA_EXPORT,
    52: NEXT_PAGES,
    53: waits("no figure is shown for less than a whole round yet"),
    54: waits("erasing an account comes later"),
    55: ("test_no_secret_is_repeated_in_the_message", "test_the_audit_row_holds_no_text_that_somebody_typed"),
    56: waits("the roll is the letters that were sent; age and address are checked where they are made"),
    57: ("test_a_code_used_on_paper_does_not_vote_online", "test_a_credential_votes_again_only_the_way_it_voted"),
    58: ONLINE_ONLY,
    59: ONLINE_ONLY,
    60: NO_LOTTERY,
    61: waits("killing the server while it casts is tested with the commands that start it, next"),
    62: waits("sending mail is tested with the command that does it, next"),
    63: waits("the page for a database that is away is tested with the pages, next"),
    64: waits("needs a second server to fail over to"),
    65: waits("the voting pages touch neither SMTP nor another party; tested with the pages, next"),
    66: ("test_every_migration_runs_down_and_up_with_data_in_the_tables",),
    67: waits("`verify` comes with the downloadable bundle"),
    68: waits("measured by `make bench`, which comes with this capability's close"),
    69: ("test_a_round_is_counted_once", "test_two_officials_open_a_vote_once"),
    70: waits("the browser journeys come when the pages are there"),
}
