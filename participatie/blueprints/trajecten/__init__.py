"""Addresses of the trajecten with their trajectkaart."""
