"""Addresses for ballots on paper: stacks, entering, settling, totals, and the ballot to print."""
