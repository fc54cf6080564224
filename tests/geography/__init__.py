"""Shapes and points on earth."""
