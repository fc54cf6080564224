"""Rules about the house itself: its addresses, its words, its layers, its tables."""
