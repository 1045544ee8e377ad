"""Poverty scorecards (PPI): read from the official workbook, landed, and what a sample of them can say."""

from metrics.ppi.landing import land
from metrics.ppi.model import Rate, Response, Variant, Workbook
from metrics.ppi.workbook import read

__all__ = ["Rate", "Response", "Variant", "Workbook", "land", "read"]
