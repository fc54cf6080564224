"""Addresses of putting in, reading, supporting, testing and answering ideas."""
