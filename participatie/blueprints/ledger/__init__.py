"""Addresses of the ledgers: what is written down of the money of plans, and what came of them."""
