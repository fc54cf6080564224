"""Addresses of photos: adding one to an idea, looking at it, taking it away."""
