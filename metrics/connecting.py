"""A connection to a database file: what SQL may reach, and what an error of the engine or of the disk is told as."""

import errno
import re
import shutil
from contextlib import suppress
from pathlib import Path

import duckdb

from metrics.configuration import configuration
from metrics.errors import BusyError, DamagedError, EvenkeelError
from metrics.schema import quote, text

Cursor = duckdb.DuckDBPyConnection
# After one of these the engine answers nothing any more, to nobody, until the file is opened again.
GIVEN_UP = (duckdb.FatalException, duckdb.InternalException)
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
MB = 1_000_000


def locked(con: Cursor) -> bool:
    """Whether the settings are locked already: another connection of this process has the same file open."""
    return bool(con.execute("SELECT current_setting('lock_configuration')").fetchall()[0][0])


def lock_down(con: Cursor, staging: Path) -> None:
    """Nothing outside the staging folder can be read or written by any SQL from here on."""
    con.execute("SET allowed_directories = [?]", [str(staging.resolve()) + "/"])
    con.execute("SET temp_directory = ?", [str(staging.resolve())])
    with suppress(duckdb.Error):  # with it the measures of 170,000 loan-months took 1.9 s, without it 1.0 s (2.0.1)
        con.execute("SET disabled_optimizers = 'grouping_sets'")
    for setting in (
        "autoload_known_extensions = false",
        "autoinstall_known_extensions = false",
        "allow_community_extensions = false",
        "allow_persistent_secrets = false",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        con.execute("SET " + setting)


def open_error(path: Path, error: duckdb.Error) -> EvenkeelError:
    """The sentence for a file that does not open: another process has it, or it is damaged or none of ours."""
    process = re.search(r"PID (\d+)", str(error))
    if process:
        return BusyError("errors.already_open", path=str(path), process=process[1])
    return full(error) or DamagedError("errors.not_a_database", path=str(path))


def full(error: BaseException) -> EvenkeelError | None:
    """The sentence for a disk on which there is no room; None where the error is another."""
    told = str(error)
    by_number = isinstance(error, OSError) and error.errno in FULL
    by_text = isinstance(error, duckdb.Error) and re.search(r"No space left|File too large|quota exceeded", told, re.I)
    return EvenkeelError("safety.disk_full") if by_number or by_text else None


def failure(error: BaseException, path: Path) -> EvenkeelError | None:
    """The sentence for what the engine or the disk did not do; None where the error is of another kind.

    A block that is not as it was written is told by the engine when it is read, by its sum.
    """
    told = full(error)
    if told is not None:
        return told
    if isinstance(error, duckdb.Error) and re.search(r"[Cc]orrupt|Could not read enough bytes", str(error)):
        return DamagedError("safety.damaged", path=str(path))
    # Whoever opens the file again closes the cursors of all others with the broken one.
    closed = isinstance(error, duckdb.ConnectionException) and "closed" in str(error)
    return EvenkeelError("safety.opened_again") if closed or isinstance(error, GIVEN_UP) else None


def cramped(path: Path) -> tuple[int, int] | None:
    """Megabytes free and needed where there is too little room beside a database to write safely; else None.

    Needed is twice what the database takes (a copy of it may have to stand beside it) and what `reserve_mb` says; where
    that is 0, it is never too little.
    """
    reserve = configuration().reserve_mb
    if not reserve:
        return None
    size = path.stat().st_size if path.exists() else 0
    free, needed = shutil.disk_usage(path.parent).free, 2 * size + reserve * MB
    return (free // MB, -(-needed // MB)) if free < needed else None


def copied(con: Cursor, path: Path) -> Path:
    """Write everything that a database holds now into a new file below the staging folder, nothing deleted with it."""
    con.execute("CHECKPOINT")
    name = con.execute("SELECT current_database()").fetchall()[0][0]
    con.execute(f"ATTACH {text(str(path.resolve()))} AS anew")
    try:
        con.execute(f"COPY FROM DATABASE {quote(name)} TO anew")
    finally:
        con.execute("DETACH anew")
    return path
