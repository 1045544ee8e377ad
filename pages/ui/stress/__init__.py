"""What the stress tests opened from Trade-offs show."""
