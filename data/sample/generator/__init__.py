"""The parts of the sample institution's generator; `make.py` beside this folder runs them."""
