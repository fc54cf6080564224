"""Addresses of the work of a buurtpanel: meetings, scores, interests, advice, and the answer to that."""
