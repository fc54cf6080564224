"""Addresses of rounds, plans, the outcome and its reasons."""
