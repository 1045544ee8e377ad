"""Stress tests: shocks on measures, what they do to both legs, to limits, capital and cash, and what breaks first."""
