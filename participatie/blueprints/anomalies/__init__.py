"""Addresses of what stands out in a vote, and of revoking a batch of codes."""
