"""Import: anyone's spreadsheet -> canonical tables, checked, landed as one batch or not at all.

`preview` reads files as far as landing them; `land` lands what a preview holds. Both serve the command line
and the Data page alike.
"""

from metrics.ingest.instead import land
from metrics.ingest.model import Aside, Landed, Note, Options, Preview, SheetPreview, Use, read_note
from metrics.ingest.previewing import preview

__all__ = ["Aside", "Landed", "Note", "Options", "Preview", "SheetPreview", "Use", "land", "preview", "read_note"]
