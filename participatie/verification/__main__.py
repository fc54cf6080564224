"""`python -m participatie.verification BUNDLE.zip`, with nothing installed but Python."""

import sys

from participatie.verification.command import main

sys.exit(main())
