"""Every write: one verb per function, in four steps: load, ask the spelregels, write, record.

An action gives back what it made, or the `Refused` verdict that stopped it. It
never commits: the request or the command that calls it is the transaction.
"""
