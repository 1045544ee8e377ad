"""One module for each acceptance line: `LINE` says what must hold, `run()` returns the figures or raises."""

# The lines in the order in which they are shown; a module that is not named here follows by name.
ORDER = (
    "clean_clone",
    "fineract",
    "mix",
    "sample",
    "hdi",
    "asem",
    "js_equals_python",
    "flips",
    "stories",
    "workbooks",
    "catalogue",
    "ppi",
    "worked",
    "traps",
    "rebuilding",
    "par30_meanings",
    "facts",
    "pages",
    "clicks",
    "bench",
)
