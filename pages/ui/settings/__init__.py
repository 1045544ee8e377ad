"""What the page Settings is made of: the unsaved edit, definitions, the grid of limits, versions, saving."""
