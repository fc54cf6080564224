"""Addresses of the answers that the gemeente owes: what is late, who has it, and several at once."""
