"""Keeping back figures of few people, with others by which they could be worked out."""
