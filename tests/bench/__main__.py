"""`make bench`: runs every bench and prints limit and ratio; `python -m tests.bench NAME` runs one."""

import importlib
import os
import pkgutil
import sys
import time

import tests.bench
from tests.bench import Figure


def pace() -> str:
    """How fast this machine is today, in a word: limits are for a machine that adds 20 million numbers in 1.2 s."""
    start, total = time.perf_counter(), 0
    for number in range(20_000_000):
        total += number
    seconds = time.perf_counter() - start
    return f"20 million additions in Python took {seconds:.1f} s; where the limits were first kept, 1.2 s"


def measure(names: list[str] | None = None) -> list[Figure]:
    """Runs the benches, all of them or those named, one after the other."""
    found = sorted(module.name for module in pkgutil.iter_modules(tests.bench.__path__) if module.name != "__main__")
    return [figure for name in names or found for figure in importlib.import_module(f"tests.bench.{name}").bench()]


def main(names: list[str]) -> int:
    """Prints the figures as a table; returns 1 where one is over its limit."""
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f} before the first bench: read figures on a quiet machine; {pace()}")
    figures = measure(names)
    print(f"{'what':58} {'found':>10} {'limit':>10} {'unit':5} {'kept':5} ratio")
    for figure in figures:
        ratio = f"{figure.ratio:.1f} x {figure.against}" if figure.ratio else ""
        kept = "yes" if figure.kept() else "NO"
        print(f"{figure.what:58} {figure.found:>10.3g} {figure.limit:>10.3g} {figure.unit:5} {kept:5} {ratio}")
    return 0 if all(figure.kept() for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
