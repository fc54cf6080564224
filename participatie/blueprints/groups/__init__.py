"""Addresses of taking part in an idea, and of setting one of its tests aside with two people."""
