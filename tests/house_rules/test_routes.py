"""Every address says who may come, and reads as Dutch; every template belongs to one of them."""

import ast
import re

from flask import Flask
from werkzeug.routing import Rule

from participatie.settings import ROOT
from tests.house_rules.sources import calls_in, functions_in, name_of, python_files, text_in, tree_of

TEMPLATES = ROOT / "templates"
SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?|\.well-known")
PARAMETER = re.compile(r"<(?:(?P<converter>[a-z_]+)(?:\(.*?\))?:)?(?P<name>[a-z_]+)>")
#: Words that an address in Dutch would not have.
ENGLISH = frozenset(
    [
        "about",
        "answer",
        "ballot",
        "ballots",
        "create",
        "delete",
        "edit",
        "follow",
        "idea",
        "ideas",
        "login",
        "logout",
        "new",
        "overview",
        "plans",
        "profile",
        "reject",
        "result",
        "results",
        "round",
        "rounds",
        "rules",
        "search",
        "send",
        "settings",
        "submit",
        "support",
        "update",
        "vote",
        "votes",
        "withdraw",
    ]
)
SHARED_FOLDERS = frozenset({"_layout", "_components", "emails", "errors"})


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_declares_who_may_use_it(demo_app: Flask) -> None:
    undeclared = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in rules(demo_app)
        if not hasattr(demo_app.view_functions[rule.endpoint], "access")
    ]
    assert not undeclared, f"add @open_to(…) or @requires(…) to: {', '.join(undeclared)}"


def test_every_address_is_kebab_case(demo_app: Flask) -> None:
    for rule in rules(demo_app):
        segments = PARAMETER.sub("x", rule.rule).strip("/").split("/")
        wrong = [segment for segment in segments if segment and not SEGMENT.fullmatch(segment)]
        assert not wrong, f"{rule.rule}: {wrong} is not lower case with dashes"
        assert rule.rule == "/" or not rule.rule.endswith("/"), f"{rule.rule} ends in a slash"


def test_every_address_is_dutch(demo_app: Flask) -> None:
    for rule in rules(demo_app):
        words = set(re.split(r"[/.-]", PARAMETER.sub("", rule.rule)))
        assert not words & ENGLISH, f"{rule.rule} holds English: {words & ENGLISH}"


def test_every_parameter_has_a_type(demo_app: Flask) -> None:
    for rule in rules(demo_app):
        for parameter in PARAMETER.finditer(rule.rule):
            assert parameter["converter"], f"{rule.rule}: give <{parameter['name']}> a converter"


def test_what_changes_something_is_never_a_get(demo_app: Flask) -> None:
    """A link that a mail scanner or a crawler opens changes nothing (abuse case 25)."""
    acting = re.compile(r"_(delete|remove|submit|cast|send)$|^(cast|withdraw|hide|restore|log_out|follow|unfollow)$")
    for rule in rules(demo_app):
        view = rule.endpoint.rpartition(".")[2]
        assert not (acting.search(view) and rule.methods == {"GET", "HEAD", "OPTIONS"}), f"{rule.endpoint} is a GET"


def test_no_template_is_orphaned(demo_app: Flask) -> None:
    endpoints = {rule.endpoint for rule in rules(demo_app)}
    orphans = [
        name_of(file)
        for file in TEMPLATES.rglob("*.html")
        if file.parent != TEMPLATES
        and not file.name.startswith("_")
        and file.relative_to(TEMPLATES).parts[0] not in SHARED_FOLDERS
        and ".".join(file.relative_to(TEMPLATES).with_suffix("").parts) not in endpoints
    ]
    assert not orphans, f"no endpoint of that name for {', '.join(orphans)}"


def test_every_view_renders_the_template_of_its_own_name() -> None:
    for file in python_files("participatie/blueprints"):
        for function in functions_in(tree_of(file)):
            for call in calls_in(function, "render_template"):
                template = text_in(call.args[0])
                if template is None:
                    continue
                assert (TEMPLATES / template).is_file(), f"{name_of(file)}:{call.lineno}: there is no {template}"
                if any(called in ("get", "post", "route") for called in _decorators(function)):
                    own = template == f"{file.parent.name}/{function.name}.html"
                    shared = template.startswith("errors/")
                    assert own or shared, f"{name_of(file)}:{call.lineno}: {function.name} renders {template}"


def test_every_mail_has_its_template_and_every_template_its_mail() -> None:
    mailed = set()
    for file in python_files("participatie/actions", "participatie/commands"):
        for name, place in (("mail", 2), ("mail_address", 3)):
            for call in calls_in(tree_of(file), name):
                template = text_in(call.args[place]) if len(call.args) > place else None
                mailed |= {template} if template else set()
    written = {file.stem for file in (TEMPLATES / "emails").glob("*.txt") if not file.name.startswith("_")}
    assert mailed - written == set(), "mailed by an action, without a template in templates/emails"
    assert written - mailed == set(), "a template in templates/emails that no action mails"


def _decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    found = []
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        found.append(called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""))
    return found
