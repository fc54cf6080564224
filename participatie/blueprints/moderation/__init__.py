"""Addresses of hiding and restoring ideas with a cited house rule."""
