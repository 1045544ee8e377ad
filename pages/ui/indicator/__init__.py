"""The page Indicators: the list, one indicator's sheet, its segments, the rows behind a figure."""
