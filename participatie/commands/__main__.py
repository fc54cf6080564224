"""`python -m participatie.commands …` is `participatie …`."""

from participatie.commands import main

main()
