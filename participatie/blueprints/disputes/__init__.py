"""Addresses of what residents lay before the city, and of the answers."""
