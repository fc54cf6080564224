"""What holds the house to its promises. `conftest.py` gives the fixtures, `factories.py` the worlds."""
