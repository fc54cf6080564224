"""Paper about a wijk or a traject: a krant, a letter, a poster."""
