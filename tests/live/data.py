"""Data as the component gets it: the reference screen's twelve branches, and random ones of any size."""

from typing import Any

import numpy as np

from metrics import words

# name: financial health, social health
REFERENCE = {
    "Madina Sud": (76, 70), "Sirandé": (82, 54), "Wélia": (58, 81), "Nafara": (71, 57), "Bantako": (62, 67),
    "Yorobé": (57, 66), "Kassiri": (66, 52), "Tambali": (59, 52), "Baro": (42, 58), "Tensa": (51, 39),
    "Kolo": (63, 23), "Doukoro": (34, 32),
}  # fmt: skip
THEMES = {
    "financial/portfolio_quality": ("Portfolio quality", ("PAR30", "Write-offs", "Renegotiated loans")),
    "financial/profitability": ("Profitability", ("Self-sufficiency", "Return on assets")),
    "financial/efficiency": ("Efficiency", ("Operating expense", "Cost per borrower")),
    "financial/solvency": ("Solvency", ("Capital to assets",)),
    "social/protection": ("Client protection", ("Over-indebted clients", "Complaints solved on time")),
    "social/outreach": ("Outreach", ("Women borrowers", "Rural borrowers", "Small loans")),
    "social/loyalty": ("Clients who stay", ("Retention",)),
    "social/satisfaction": ("Satisfaction", ("Clients who recommend us",)),
    "social/staff": ("Staff", ("Staff turnover",)),
}
PRESETS = {"Lender’s view": 20, "Board": 40, "Equal": 50, "Mission first": 70}


def node(path: str, title: str, weight: float = 1.0, **rule: Any) -> dict[str, Any]:
    """One node as it stands in the data."""
    base = {"path": path, "title": title, "weight": weight, "exponent": 1, "epsilon": 0.1, "coverage": 0.65}
    return {**base, **rule}


def reference(language: str = "en", **changed: Any) -> dict[str, Any]:
    """The twelve branches of the reference screen: every leaf so that the healths are those of the picture."""
    nodes = [node("", "Balance"), node("financial", "Financial"), node("social", "Social")]
    leaves = []
    for path, (title, parts) in THEMES.items():
        nodes.append(node(path, title, weight=float(len(parts))))
        leaves += [{"path": f"{path}/l{k}", "weight": 1.0, "title": part} for k, part in enumerate(parts)]
    rng = np.random.default_rng(7)
    units = []
    for name, healths in REFERENCE.items():
        z = np.concatenate([spread(rng, health / 100, 8) for health in healths])
        units.append({"id": name.lower(), "name": name, "leaves": [float(v) for v in z]})
    return {**common(language), "units": units, "leaves": leaves, "nodes": nodes, **changed}


def common(language: str) -> dict[str, Any]:
    """What does not depend on the units."""
    return {
        "social": 45, "watch": 3, "limit": 50, "critical": 35, "decimals": 0, "board": 40, "one": False,
        "presets": [{"name": title, "title": title, "social": share} for title, share in PRESETS.items()],
        "selected": None, "language": language, "words": words.area(language, "component"),
    }  # fmt: skip


def spread(rng: np.random.Generator, mean: float, count: int) -> np.ndarray:
    """Numbers of 0..1 with a given mean."""
    z = np.clip(mean + rng.normal(0, 0.16, count), 0, 1)
    for _ in range(60):
        z = np.clip(z + mean - z.mean(), 0, 1)
    return z


def ends(leaf: int, score: float, half: float) -> list[float]:
    """The survey interval of a leaf as it stands in the data: place, worse end, better end."""
    return [int(leaf), max(0.0, float(score) - half), min(1.0, float(score) + half)]


def random(
    units: int, leaves: int, seed: int = 1, gaps: float = 0.1, surveyed: float = 0.0, **changed: Any
) -> dict[str, Any]:
    """Random units under two pillars of five themes each; `surveyed` is the part of leaves with a survey interval."""
    rng = np.random.default_rng(seed)
    nodes = [node("", "Balance"), node("financial", "Financial"), node("social", "Social")]
    nodes += [node(f"{side}/t{k}", f"Theme {k}") for side in ("financial", "social") for k in range(5)]
    found = [
        {"path": f"{'financial' if k % 2 else 'social'}/t{k // 2 % 5}/l{k}", "weight": 1.0, "title": f"Leaf {k}"}
        for k in range(leaves)
    ]
    z = np.clip(rng.normal(rng.uniform(0.3, 0.8, (units, 1)), 0.2, (units, leaves)), 0, 1)
    missing = rng.random((units, leaves)) < gaps
    asked = (rng.random((units, leaves)) < surveyed) & ~missing
    rows = [
        {"id": f"u{u}", "name": f"Branch {u}",
         "leaves": [None if gap else float(v) for v, gap in zip(z[u], missing[u], strict=True)],
         "spans": [ends(k, z[u, k], 0.06) for k in np.flatnonzero(asked[u])]}
        for u in range(units)
    ]  # fmt: skip
    return {**common("en"), "units": rows, "leaves": found, "nodes": nodes, **changed}
