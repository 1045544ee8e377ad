"""How an invented export is made: a seeded stream of facts, and columns that write each fact in the sender's way."""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Fact = dict[str, Any]
# heading, the canonical column it is (None: it fits nothing), how a fact is written there
Column = tuple[str, str | None, Callable[[Fact], str]]

AS_OF = date(2026, 9, 30)


@dataclass(frozen=True)
class Export:
    """One file: its name, its language, the table it truly is, its columns and how many rows it has."""

    name: str
    language: str
    table: str
    columns: tuple[Column, ...]
    facts: Callable[[random.Random, int], Fact]
    delimiter: str = ","
    rows: int = 60

    @property
    def truth(self) -> dict[str, str | None]:
        """Heading -> canonical column, or None for a column that fits nothing."""
        return {heading: column for heading, column, _ in self.columns}

    def text(self) -> str:
        """The file's text."""
        stream = random.Random(self.name)
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow([heading for heading, _, _ in self.columns])
        for number in range(self.rows):
            fact = self.facts(stream, number)
            writer.writerow([write(fact) for _, _, write in self.columns])
        return out.getvalue()

    def write(self, folder: Path) -> Path:
        """The file, written into a folder."""
        path = folder / f"{self.name}.csv"
        path.write_text(self.text(), encoding="utf-8")
        return path


def field(name: str) -> Callable[[Fact], str]:
    """A fact written as it is; empty where there is none."""
    return lambda fact: "" if fact[name] is None else str(fact[name])


def day(name: str, pattern: str) -> Callable[[Fact], str]:
    """A date written by a pattern; empty where there is none."""
    return lambda fact: fact[name].strftime(pattern) if fact[name] else ""


def money(name: str, thousands: str = ",", decimal: str = ".", places: int = 2) -> Callable[[Fact], str]:
    """An amount with the sender's separators; empty where there is none."""

    def write(fact: Fact) -> str:
        if fact[name] is None:
            return ""
        plain = f"{fact[name]:,.{places}f}"
        return plain.replace(",", "\0").replace(".", decimal).replace("\0", thousands)

    return write


def yes(name: str, word: str, other: str) -> Callable[[Fact], str]:
    """A truth in the sender's two words; empty where nobody knows."""
    return lambda fact: "" if fact[name] is None else word if fact[name] else other


def code(name: str, words: dict[str, str]) -> Callable[[Fact], str]:
    """A code in the sender's words."""
    return lambda fact: words.get(fact[name], "") if fact[name] else ""


def loan(stream: random.Random, number: int) -> Fact:
    """The facts of one loan at the snapshot date."""
    given = AS_OF - timedelta(days=stream.randint(20, 700))
    months = stream.choice([6, 10, 12, 18, 24])
    amount = stream.randint(10, 400) * 5000
    left = round(amount * stream.uniform(0.02, 0.98), 2)
    late = stream.choice([0, 0, 0, 0, 0, stream.randint(1, 29), stream.randint(31, 400)])
    return {
        "number": number, "client": stream.randint(1, 9000), "given": given, "months": months,
        "due": given + timedelta(days=30 * months), "amount": amount, "left": left, "late": late,
        "overdue": round(left * stream.uniform(0.05, 0.9), 2) if late else 0, "interest": round(left * 0.012, 2),
        "rate": stream.choice([18, 24, 26.5, 30, 36]), "cycle": stream.randint(1, 7),
        "instalment": round(amount / months * 1.12, 2), "again": stream.random() < 0.08,
        "branch": stream.randint(0, 4), "officer": stream.randint(0, 11), "product": stream.randint(0, 3),
        "sector": stream.randint(0, 4), "sex": stream.choice("FFM"), "phone": stream.randint(10**7, 10**8 - 1),
        "name": stream.randint(0, 10**6), "paid": AS_OF - timedelta(days=stream.randint(0, 60)),
        "pledge": stream.randint(10, 900) * 5000, "state": "late" if late > 90 else "active",
    }  # fmt: skip


def client(stream: random.Random, number: int) -> Fact:
    """The facts of one client."""
    joined = AS_OF - timedelta(days=stream.randint(30, 4000))
    return {
        "number": number, "sex": stream.choice("FFM"), "joined": joined, "branch": stream.randint(0, 4),
        "born": AS_OF - timedelta(days=stream.randint(19 * 366, 74 * 365)), "name": stream.randint(0, 10**6),
        "left": min(joined + timedelta(days=stream.randint(10, 900)), AS_OF) if stream.random() < 0.15 else None,
        "place": stream.choice(["urban", "peri", "rural", "rural"]), "district": stream.randint(0, 6),
        "income": stream.randint(30, 600) * 500, "elsewhere": stream.choice([0, 0, 0, stream.randint(1, 90) * 250]),
        "lenders": stream.choice([1, 1, 1, 2, 3]), "unable": stream.random() < 0.06, "before": stream.random() < 0.3,
        "kind": stream.choice(["person"] * 8 + ["firm", "group"]), "phone": stream.randint(10**7, 10**8 - 1),
        "paper": stream.randint(10**8, 10**9 - 1), "children": stream.randint(0, 8), "staff": stream.random() < 0.03,
        "mail": f"m{number}@exemple.invalid",
    }  # fmt: skip


def complaint(stream: random.Random, number: int) -> Fact:
    """The facts of one complaint."""
    received = AS_OF - timedelta(days=stream.randint(1, 500))
    days = stream.randint(0, 45)
    open_ = stream.random() < 0.2
    return {
        "number": number, "received": received,
        "closed": None if open_ else min(received + timedelta(days=days), AS_OF),
        "days": None if open_ else days, "client": stream.randint(1, 9000) if stream.random() < 0.8 else None,
        "branch": stream.randint(0, 4), "channel": stream.randint(0, 4), "about": stream.randint(0, 4),
        "story": stream.randint(0, 5), "grave": stream.randint(1, 4), "officer": stream.randint(0, 11),
        "product": stream.randint(0, 3), "paper": stream.randint(10**7, 10**8 - 1),
        "end": None if open_ else stream.choice(["yes", "part", "no"]), "name": stream.randint(0, 10**6),
        "glad": None if open_ else stream.random() < 0.6,
    }  # fmt: skip


def person(stream: random.Random, number: int) -> Fact:
    """The facts of one employee."""
    joined = AS_OF - timedelta(days=stream.randint(60, 5000))
    gone = stream.random() < 0.25
    return {
        "number": number, "sex": stream.choice("FM"), "born": stream.randint(1964, 2004), "joined": joined,
        "left": min(joined + timedelta(days=stream.randint(30, 1500)), AS_OF) if gone else None,
        "why": stream.choice(["resigned", "dismissed", "retired", "other"]) if gone else None,
        "post": stream.choice(["officer"] * 5 + ["manager", "chief", "cashier", "driver"]),
        "branch": stream.randint(0, 4), "contract": stream.choice(["open", "open", "fixed"]),
        "pay": stream.randint(30, 300) * 500, "hours": stream.choice([40, 40, 40, 45, 20]),
        "name": stream.randint(0, 10**6), "paper": stream.randint(10**8, 10**9 - 1), "row": number + 1,
    }  # fmt: skip


def pick(name: str, words: list[str]) -> Callable[[Fact], str]:
    """The word of a list that a numbered fact points to."""
    return lambda fact: words[fact[name] % len(words)]


def numbered(pattern: str, name: str = "number", start: int = 1) -> Callable[[Fact], str]:
    """An identifier by a pattern; empty where there is none."""
    return lambda fact: "" if fact[name] is None else pattern.format(fact[name] + start)


def named(first: list[str], last: list[str]) -> Callable[[Fact], str]:
    """An invented person's name."""
    return lambda fact: f"{first[fact['name'] % len(first)]} {last[fact['name'] // 7 % len(last)]}"
