"""Appetite: the lines that the board draws, what breaks them, and the early signs that go before."""
