"""The board pack on the screen: what goes into it, its pages, what is written beside it, and packs that are frozen."""
