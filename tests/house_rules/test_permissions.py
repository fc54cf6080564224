"""A change of rights is a change of a text that people review."""

from participatie.spelregels.permissions import GRANTED, TABLE, Do, Role, table_lines
from tests.spelregels.permission_table import FILE, as_text


def test_the_written_table_is_the_one_in_force() -> None:
    assert FILE.read_text(encoding="utf-8") == as_text(), "review it, then: python -m tests.spelregels.write_table"


def test_every_act_has_a_rule() -> None:
    assert set(TABLE) == set(Do)


def acts_of(wanted: Role) -> set[Do]:
    """What a role may do at some level in some phase."""
    return {do for do, role, _level, _kind, allowed in table_lines() if role is wanted and allowed}


def test_the_technical_beheerder_has_no_power_over_content_or_votes() -> None:
    assert acts_of(Role.BEHEERDER) == {Do.FOLLOW}


def test_the_raad_reads_everything_and_changes_nothing() -> None:
    assert acts_of(Role.RAAD) == {Do.FOLLOW, Do.READ_AUDIT}


def test_a_visitor_without_an_account_changes_nothing() -> None:
    assert acts_of(Role.VISITOR) == set()


def test_roles_that_follow_from_who_somebody_is_are_never_granted() -> None:
    assert set(Role) - set(GRANTED) == {Role.VISITOR, Role.ACCOUNT, Role.RESIDENT, Role.AUTHOR, Role.VOTER}
