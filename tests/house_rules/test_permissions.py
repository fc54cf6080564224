"""A change of rights is a change of a text that people review, and no action goes round it."""

import ast

from participatie.spelregels.permissions import AS_ADVICE, GRANTED, TABLE, Do, Role, table_lines
from tests.house_rules.sources import calls_in, functions_in, name_of, python_files, tree_of
from tests.spelregels.permission_table import FILE, as_text

#: The table says what roles may do to what belongs to all; these leave a trace of somebody's own account alone.
WITHOUT_THE_TABLE = {
    # Made by a login, when there is nobody yet who could have a role, or by `enter_idea` after that asked the table.
    # It holds an address and a name, and gives no rights: neither a home in an area nor a role.
    "participatie/actions/accounts.py::account_for",
    # Everybody says of themselves what they are called and where they live; it takes the account that is logged in.
    "participatie/actions/accounts.py::change_profile",
    # Whoever has the code of the slip of paper takes the idea that a helper wrote down: the slip is what says whose it is.
    "participatie/actions/ideas/meeting.py::claim_idea",
    # Everybody proves of themselves where they live, by a letter or a login elsewhere, and may take that back. It gives
    # no role; the rules of residence say whether it votes, and casting asks the table.
    "participatie/actions/identities.py::link_identity",
    # The worker binds a lot that somebody with the right asked for, or gives it up, and the clock lets a pool go.
    "participatie/actions/buurtpanels/binding.py::bind",
    "participatie/actions/buurtpanels/binding.py::fail",
    "participatie/actions/buurtpanels/forgetting.py::forget_due_pools",
    "participatie/actions/residence.py::take_residence_away",
    "participatie/actions/residence.py::verify_by_code",
    # Whoever sees that something is wrong may say so, with or without an account; it changes nothing by itself.
    "participatie/actions/moderation/reporting.py::report_idea",
    # The worker mails that a step or an appeal is late, and writes down that it did, so that it does so once.
    "participatie/actions/moderation/judges.py::tell_late_appeals",
    "participatie/actions/reminding.py::remind_of_steps",
    # The clock seals a vote and nobody is asked; what does not hold is written down whoever looks.
    "participatie/actions/wijkbudget/sealing.py::holds",
    "participatie/actions/wijkbudget/sealing.py::seal_vote",
}


def test_the_written_table_is_the_one_in_force() -> None:
    assert FILE.read_text(encoding="utf-8") == as_text(), "review it, then: python -m tests.spelregels.write_table"


def test_every_act_has_a_rule() -> None:
    assert set(TABLE) == set(Do)


def acts_of(wanted: Role) -> set[Do]:
    """What a role may do at some level in some phase."""
    return {do for do, role, _level, _kind, allowed in table_lines() if role is wanted and allowed}


def test_the_technical_beheerder_has_no_power_over_content_or_votes() -> None:
    assert acts_of(Role.BEHEERDER) == {
        Do.FOLLOW,
        Do.GIVE_ROLE,
        Do.IMPORT_AREAS,
        Do.IMPORT_PROFILE,
        Do.MANAGE_ORGANISATION,
    }


def test_the_raad_reads_everything_and_changes_nothing_but_types_over_the_number_of_a_lot() -> None:
    assert acts_of(Role.RAAD) == {
        Do.FOLLOW,
        Do.READ_ANOMALIES,
        Do.READ_AUDIT,
        Do.READ_BALANCE,
        # It arises elsewhere: typing it over chooses nothing, and the more who may, the less it can be kept back.
        Do.ENTER_NUMBER,
    }


def test_a_visitor_without_an_account_changes_nothing() -> None:
    assert acts_of(Role.VISITOR) == set()


def test_roles_that_follow_from_who_somebody_is_are_never_granted() -> None:
    assert set(Role) - set(GRANTED) == {
        Role.VISITOR, Role.ACCOUNT, Role.RESIDENT, Role.AUTHOR, Role.VOTER, Role.PANEL_MEMBER,
    }  # fmt: skip


def acts_asked_by(function: ast.AST) -> set[str]:
    """The acts that a function asks the table about; `round.act` asks for advice too what it asks for a vote."""
    asked = set().union(*(acts_in(argument, function) for call in calls_in(function, "may") for argument in call.args))
    of_a_round = set().union(
        *(acts_in(call) for may_call in calls_in(function, "may") for call in calls_in(may_call, "act"))
    )
    return asked | {AS_ADVICE[Do[name]].name for name in of_a_round}


def acts_in(node: ast.AST, within: ast.AST | None = None) -> set[str]:
    """The acts that a piece of code names, also by a variable that was given one of them `within` a function."""
    if isinstance(node, ast.Name) and within is not None:
        given = (each.value for each in ast.walk(within) if isinstance(each, ast.Assign) and name_in(each) == node.id)
        return set().union(*(acts_in(value) for value in given))
    return {
        inner.attr
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == "Do"
    }


def name_in(assignment: ast.Assign) -> str:
    """The one name that gets a value, if it is one."""
    [target, *more] = assignment.targets
    return target.id if isinstance(target, ast.Name) and not more else ""


def test_every_act_that_changes_something_is_asked_by_an_action() -> None:
    """Whatever way in somebody takes, the action is the authority."""
    asked = set().union(*(acts_asked_by(tree_of(file)) for file in python_files("participatie/actions")))
    reads = {"READ_ANOMALIES", "READ_AUDIT", "READ_BALANCE", "READ_SCORES"}
    assert {do.name for do in Do} - asked == reads, "acts that no action asks the table about"


def test_every_action_that_leaves_a_trace_asks_the_table() -> None:
    silent = []
    for file in python_files("participatie/actions"):
        functions = {function.name: function for function in functions_in(tree_of(file))}
        asking = {name for name, function in functions.items() if acts_asked_by(function)}
        for name, function in functions.items():
            if name.startswith("_") or not list(calls_in(function, "record")):
                continue
            own = next(iter(calls_in(function, "record"))).args
            if name not in asking and not any(list(calls_in(function, helper)) for helper in asking) and own:
                silent.append(f"{name_of(file)}::{name}")
    assert sorted(silent) == sorted(WITHOUT_THE_TABLE)


def test_every_action_asks_about_the_act_that_it_records() -> None:
    """What the logbook says somebody did is what the table was asked about."""
    for file in python_files("participatie/actions"):
        for function in functions_in(tree_of(file)):
            recorded = {
                node.attr
                for call in calls_in(function, "record")
                for node in ast.walk(call)
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Do"
            }
            asked = acts_asked_by(function)
            assert not asked or recorded <= asked, f"{name_of(file)}::{function.name} records {recorded - asked}"
