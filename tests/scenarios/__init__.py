"""The fixtures of the seeds that are rules, replayed by the presets of their places."""
