"""One module for each acceptance line: `LINE` says what must hold, `run()` returns the figures or raises."""
