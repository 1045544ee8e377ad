"""A change of an indicator as money and people of this institution, from the indicator's own definition.

An indicator is a share of something; that something, as it is now, turns a change into an amount. Where no such
something is known, or the indicator is no share, there is no amount: nothing is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.figures import portfolio
from metrics.words import number, say

# Bases that are a sum of measures.
SUMS = {
    "expenses": ("financial_expense", "net_impairment_loss", "operating_expense"),
    "falling_due": ("demand_deposits", "due_in_12_months"),
}
# A base that begins so is read as the average of two ends where the policy asks for two-point averages.
AVERAGED = "average_"
FEW = 100  # up to here people are said one by one, beyond in two figures


@dataclass(frozen=True)
class Rule:
    """One conversion: what comes out (money, clients, loans, staff, complaints, officers), and the base of the share.

    `base` is portfolio, loans or borrowers of the unit; n, whom the figure counts; whole, those whom it stands for;
    or a measure of its formula, or one of `SUMS`. `word` names the money.
    """

    kind: str
    base: str
    word: str = ""


AT_RISK = (Rule("money", "portfolio", "at_risk"), Rule("loans", "loans"))
OF_CLIENTS, COUNTED = (Rule("clients", "whole"),), (Rule("clients", "n"),)
OF_SURVEY = (Rule("clients", "borrowers"),)  # a share of those asked, taken to hold for all
OF_STAFF, OF_LOANS, OF_COMPLAINTS = (Rule("staff", "whole"),), (Rule("loans", "whole"),), (Rule("complaints", "n"),)
LEAVING = (Rule("staff", "mean_personnel"),)


def _money(word: str, base: str) -> tuple[Rule, ...]:
    return (Rule("money", base, word),)


RULES: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys(("par1", "par7", "par30", "par30_excl_renegotiated", "par90", "par180"), AT_RISK),
    "renegotiated_ratio": _money("renegotiated", "portfolio"),
    **dict.fromkeys(("arrears_rate", "arrears_over_30"), _money("overdue", "portfolio")),
    **dict.fromkeys(("write_off_ratio", "loan_loss_rate"), _money("written_off", "average_glp")),
    **dict.fromkeys(("operating_expense_ratio", "personnel_expense_glp"), _money("expenses", "average_glp")),
    "collection_rate": _money("collected", "due_amount"),
    "oss": _money("revenue", "expenses"),
    "profit_margin": _money("income", "financial_revenue"),
    "roa": _money("income", "average_assets"),
    "capital_asset_ratio": _money("equity", "assets"),
    "car": _money("equity", "risk_weighted_assets"),
    "single_funder_share": _money("one_lender", "debt"),
    "liquidity_ratio": _money("cash", "falling_due"),
    "borrowers_per_loan_officer": (Rule("officers", "borrowers"),),
    **dict.fromkeys(("retention_rate", "dropout_rate", "savers_share", "ppi_coverage"), COUNTED),
    **dict.fromkeys(
        ("overindebted_share", "multiple_lending_share", "pct_female_borrowers", "rural_share", "young_borrower_share",
         "target_segment_share"), OF_CLIENTS,
    ),
    **dict.fromkeys(
        ("csat", "quality_of_life_improved", "income_increased", "resilience_improved", "savings_increased",
         "food_security_improved", "financial_stress_reduced", "negative_outcome_share", "challenge_rate",
         "fair_treatment", "terms_understood", "repayment_burden_not_problem", "reduced_food_for_repayment",
         "complaint_awareness", "women_decision_making", "first_access_share"), OF_SURVEY,
    ),
    **dict.fromkeys(("complaints_resolved_on_time", "complaints_backlog"), OF_COMPLAINTS),
    **dict.fromkeys(("staff_turnover", "loan_officer_turnover"), LEAVING),
    **dict.fromkeys(("pct_female_staff", "pct_female_managers", "pct_female_loan_officers", "staff_satisfaction"),
                    OF_STAFF),
    **dict.fromkeys(
        ("affordability_check_coverage", "bureau_check_coverage", "env_screened_share", "apr_disclosed_share",
         "refinance_of_late_loans", "small_loan_share"), OF_LOANS,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Behind:
    """What stands behind a unit's figure at a date.

    Attributes:
        n: whom the figure counts; `coverage`: n over those whom it stands for (None: not known).
        portfolio, loans, borrowers: of the unit.
        parts: measures that the formula reads.
        settings: the policy's definitions.
    """

    n: float | None
    coverage: float | None
    portfolio: float | None
    loans: float | None
    borrowers: float | None
    parts: Mapping[str, float]
    settings: Mapping[str, object]

    def base(self, indicator: str, name: str) -> float | None:
        """The size of a base by its name; None where it is not known."""
        if name in ("n", "portfolio", "loans", "borrowers"):
            found: float | None = getattr(self, name)
            return found
        if name == "whole":
            return None if self.n is None else self.n / self.coverage if self.coverage else self.n
        if name == "mean_personnel":
            kind = "loan_officers" if indicator == "loan_officer_turnover" else "personnel"
            return self._mean(kind)
        if name.startswith(AVERAGED) and self.settings.get("two_point_averages"):
            return self._mean(name.removeprefix(AVERAGED))
        known = [self.parts.get(part) for part in SUMS.get(name, (name,))]
        return sum(part for part in known if part is not None) if None not in known else None

    def _mean(self, part: str) -> float | None:
        now, then = self.parts.get(part), self.parts.get(f"start_{part}")
        return None if now is None or then is None else (now + then) / 2


@dataclass(frozen=True)
class Amount:
    """A change in money or people: `size` has its sign; `base` is what the share is of, `named` which base that is."""

    kind: str
    word: str
    size: float
    base: float
    named: str


def converted(indicator: str, before: float, after: float, behind: Behind) -> tuple[Amount, ...]:
    """A change of an indicator's value in money and people; nothing where no conversion exists or a base is missing."""
    found = []
    for rule in RULES.get(indicator, ()):
        if rule.kind == "loans" and indicator == "par30" and behind.settings.get("par_overdue_amount"):
            continue  # only the overdue part of a loan counts, so that it says nothing about loans
        base = behind.base(indicator, rule.base)
        if base is None or base <= 0 or (rule.kind == "officers" and min(before, after) <= 0):
            continue
        size = base / after - base / before if rule.kind == "officers" else (after - before) * base
        found.append(Amount(rule.kind, rule.word, size, base, rule.base))
    return tuple(found)


def rounded(count: float) -> int:
    """People as they are said: one by one up to a hundred, beyond in two figures (1,637 is about 1,600)."""
    size = abs(count)
    if size < FEW:
        return int(size + 0.5)
    step = int("1" + "0" * (len(str(int(size))) - 2))
    return int(size / step + 0.5) * step


def amounts_text(language: str, amounts: tuple[Amount, ...], currency: str) -> str:
    """The amounts in words: 96.0 m FCFA less at risk, about 310 loans; empty where there are none worth saying."""
    said = [_text(language, amount, currency) for amount in amounts]
    return ", ".join(text for text in said if text)


def _text(language: str, amount: Amount, currency: str) -> str:
    way = "more" if amount.size > 0 else "less"
    if amount.kind == "money":
        if abs(amount.size) < 0.5:
            return ""
        return say(language, f"why.money_{amount.word}_{way}", money=portfolio(language, abs(amount.size), currency))
    count = rounded(amount.size)
    if not count:
        return ""
    about = say(language, "why.about", number=number(language, count)) if count >= FEW else number(language, count)
    # Whom a share counts fewer or more of is in its name; officers are hired or not.
    key = f"why.officers_{way}" if amount.kind == "officers" else f"why.people_{amount.kind}"
    return say(language, key, n=count, number=about)


def assumption(language: str, amount: Amount, behind: Behind, currency: str, day: str) -> str:
    """What an amount rests on: the base, how many stand behind the figure, and the date."""
    if amount.kind == "money":
        noun, whole = say(language, f"why.base_{amount.named}"), portfolio(language, amount.base, currency)
        return say(language, "why.assume_money", noun=noun, base=whole, date=day)
    base, n = round(amount.base), round(behind.n or 0)
    if amount.kind == "officers":
        return say(language, "why.assume_officers", n=base, date=day)
    if amount.named == "borrowers":
        return say(language, "why.assume_survey", n=n, base=number(language, base), date=day)
    if amount.named == "loans":
        return say(language, "why.assume_average_loan", n=base, date=day)
    if amount.named == "whole" and behind.coverage is not None and behind.coverage < 1:
        return say(language, "why.assume_whole", n=n, base=number(language, base), date=day)
    return say(language, f"why.assume_{amount.kind}", n=base, date=day)
