"""The rules of the game: pure Python, no database, no web, no clock and no chance.

Every rule answers with a verdict (`verdicts.py`); whoever asks, a route, an
action or a template, asks the same function.
"""
