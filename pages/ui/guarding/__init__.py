"""The outer wall of the server: what it answers to whom before any page runs."""
