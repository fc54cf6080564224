"""How many pages and ballots a second? `make bench` measures the app beside a bare one; no tests in here."""
