"""Addresses of decisions, published with their reasons."""
