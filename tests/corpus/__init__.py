"""Bad input as people send it: every file is made by a small function, and has one right ending."""
