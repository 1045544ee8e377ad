"""The board pack: composed once from the figures, then written as PDF, slides, workbook or one HTML file."""
