"""Views of one page."""
