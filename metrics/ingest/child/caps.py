"""How much a file may hold, in one place: beyond any of these it is refused with a sentence, never cut in silence."""

MOST_COLUMNS = 500
MOST_ROWS = 3_000_000  # of one sheet; a workbook's own limit is 1,048,576
MOST_SHEETS = 100
LONGEST_CELL = 1000  # a longer one sets its row aside
LONGEST_LINE = 1 << 20  # of a text file
LONGEST_RECORD = 20  # lines that one quoted cell may run over
MOST_MERGED = 1 << 30  # cells that are merged into one
MOST_FILLED = 5_000_000  # cells below others that are merged with them
MOST_MARKS = 2_000_000  # cells that show otherwise than they are kept
LONGEST_NAME = 200  # of a sheet
# What a table unpacks to: text of rows for each byte of its file; small files may always say this much.
MOST_TIMES, SMALL_TEXT, MOST_TEXT = 100, 64 << 20, 4 << 30
# Of an archive, before anything in it is opened.
MOST_MEMBERS = 2000
MOST_BYTES = 1 << 30
SMALL_BYTES = 10 << 20
MOST_RATIO = 200
# Of the process that reads.
MEMORY = 2 << 30
CPU_SECONDS = 120
WALL_SECONDS = 60
FILES = 64
AT_ONCE = 2  # of these processes, whoever asks; the others wait their turn
MOST_SAID = 4 << 20  # what it may say of a file beside the rows


def text_of(size: int) -> int:
    """The most bytes of rows that a file of `size` bytes may become."""
    return min(MOST_TEXT, max(SMALL_TEXT, MOST_TIMES * size))
