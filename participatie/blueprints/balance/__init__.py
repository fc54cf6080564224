"""Addresses of the balance of a traject: who puts in how much, and what people tell of themselves."""
