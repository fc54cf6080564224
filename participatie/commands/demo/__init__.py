"""The demo: a gemeente that does not exist, with a round in each stage, and one that is closed. The texts are in the TOML files."""

from participatie.commands.demo.loading import DatabaseNotEmptyError, DemoSummary, known_accounts, load_demo

__all__ = ["DatabaseNotEmptyError", "DemoSummary", "known_accounts", "load_demo"]
