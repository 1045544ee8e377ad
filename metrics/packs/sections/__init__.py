"""The sections of a pack: one module a kind; each makes its blocks from what the pack was asked for."""
