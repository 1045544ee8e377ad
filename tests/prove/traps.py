"""Silent wrong answers: each trap's test passes on the project and fails once the words that guard are gone."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from tests.guards import GUARDS, Guard, traps
from tests.prove.command import ROOT, SHARED

LINE = (
    "Trap suite: every `test_trap_...` passes on the project as it is, and fails in a copy where the words that guard "
    "it (`tests/guards.py`) gave way to the natural mistake; each of the named traps is among them"
)
COPIES = 2
NEEDED = ("metrics", "tests", "data/sample")
# How a test ends that saw a wrong answer; a mistake that is no valid code ends in another way.
SEEN_WRONG = re.compile(r"^E +(assert |AssertionError|Failed: DID NOT RAISE|metrics\.errors\.)", re.MULTILINE)
# What must be pinned -> the trap that pins it; others may pin it too.
ITEMS = {
    "joins that fan out": "test_trap_a_place_with_two_hazards_does_not_multiply_its_loans",
    "NULL as zero": "test_trap_without_transactions_write_offs_are_missing_not_zero",
    "averages of averages": "test_trap_a_total_is_a_ratio_of_sums_not_an_average_of_ratios",
    "percent against fraction": "test_trap_percents_and_fractions_are_never_guessed",
    "exactly 30 days": "test_trap_exactly_thirty_days_late_is_not_over_thirty",
    "renegotiated and late counted once": "test_trap_a_loan_renegotiated_and_late_counts_once",
    "written-off loans in the portfolio": "test_trap_written_off_loans_are_in_neither_part",
    "two currencies": "test_trap_a_book_in_two_currencies_is_refused",
    "group loan repeated per member": "test_trap_a_group_loan_repeated_for_each_member_is_refused",
    "part-year flows": "test_trap_costs_of_six_months_are_brought_to_a_year",
    "negative equity": "test_trap_a_ratio_to_negative_equity_is_not_shown",
    "doubled survey answers": "test_trap_a_client_who_answers_twice_in_a_round_counts_once_with_the_last_answer",
    "leavers who joined in the same month": "test_trap_staff_who_joined_and_left_in_the_same_month_are_leavers",
    "complaint never closed": "test_trap_a_complaint_never_closed_is_not_on_time",
    "13th month-end missing": "test_trap_a_thirteenth_month_end_that_is_missing_is_not_zero",
    "branch renamed": "test_trap_a_branch_with_a_new_name_is_the_same_branch",
    "branch merged": "test_trap_a_merger_of_branches_is_no_growth",
    "client in two branches": "test_trap_a_client_with_loans_in_two_branches_counts_once",
    "fiscal year not the calendar's": "test_trap_the_fiscal_year_begins_when_the_setting_says",
    "empty branch": "test_trap_a_branch_without_loans_has_no_par",
    "flow table that ends a month early": (
        "test_trap_a_flow_table_that_ends_a_month_before_the_book_is_brought_to_a_year"
    ),
}


def run() -> dict[str, object]:
    """Runs the traps as they are, then each without its guard."""
    files = dict(traps())
    lacking = sorted(files.keys() ^ {name.partition("[")[0] for name in GUARDS})
    assert not lacking, f"a trap without a guard, or a guard without a trap: {lacking}"
    absent = [item for item, name in ITEMS.items() if name not in files]
    assert not absent, f"no trap for: {absent}"
    whole = tests(ROOT, *sorted(set(files.values())), "-k", "test_trap_")
    assert whole.returncode == 0, whole.stdout[-2000:]
    passed = re.search(r"(\d+) passed", whole.stdout)
    assert passed and "skipped" not in whole.stdout, whole.stdout[-2000:]
    with copies() as free, ThreadPoolExecutor(COPIES) as threads:
        faults = list(threads.map(lambda name: fault(free, files, name), GUARDS))
    wrong = [found for found in faults if found]
    assert not wrong, "\n".join(wrong)
    return {
        "traps": len(files), "cases that pass": int(passed[1]), "guards": len(GUARDS),
        "fail without their guard": len({name.partition("[")[0] for name in GUARDS}), "items pinned": len(ITEMS),
    }  # fmt: skip


def fault(free: "SimpleQueue[Path]", files: dict[str, str], name: str) -> str:
    """What is wrong with a trap once its guard is gone: that it passes, or fails for another reason; else nothing."""
    copy = free.get()
    try:
        with without(copy, GUARDS[name]):
            done = tests(copy, f"{files[name.partition('[')[0]]}::{name}", "-x", "--tb=short")
    finally:
        free.put(copy)
    if done.returncode == 0:
        return f"{name} passes without its guard"
    if done.returncode != 1 or not SEEN_WRONG.search(done.stdout):
        return f"{name} fails for another reason (exit {done.returncode}): {done.stdout[-1500:]}"
    return ""


@contextmanager
def copies() -> Iterator["SimpleQueue[Path]"]:
    """Copies of what the tests need, each to be taken by one run at a time; the published tables stand beside them."""
    free: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "shared").symlink_to(SHARED)
        for number in range(COPIES):
            copy = Path(folder) / f"copy{number}"
            for part in NEEDED:
                shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            shutil.copy(ROOT / "pyproject.toml", copy)
            free.put(copy)
        yield free


@contextmanager
def without(copy: Path, guard: Guard) -> Iterator[None]:
    """A guard gone from a copy, and back in its place at the end."""
    file = copy / guard.path
    source = file.read_text(encoding="utf-8")
    file.write_text(guard.removed(source), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(source, encoding="utf-8")


def tests(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Runs tests in a folder; nothing compiled is kept, so that what was put back is read again."""
    command = [sys.executable, "-m", "pytest", "--full", "-q", "-p", "no:cacheprovider", *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    )
