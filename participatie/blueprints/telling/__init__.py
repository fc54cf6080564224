"""Following, how often one hears of it, and stopping that with one click."""
