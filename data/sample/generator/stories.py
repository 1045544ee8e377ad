"""Four stories that a manager can find in the sample, one function each; without it the branch is a plain one."""

from collections.abc import Callable, Collection
from dataclasses import replace

from generator.branches import BRANCHES, Branch
from generator.clock import number

APRIL_25, JULY_25, OCTOBER_25 = number(2025, 4), number(2025, 7), number(2025, 10)
JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY, AUGUST, SEPTEMBER = (number(2026, month) for month in range(1, 10))


def growth_flatters(kolo: Branch) -> Branch:
    """Kolo grows fastest and its late loans look best, while its clients borrow more than they can carry."""
    return replace(
        kolo,
        growth=((0, 0.10), (APRIL_25, 0.18), (OCTOBER_25, 0.36), (SEPTEMBER, 0.42)),
        keep=((0, 0.79), (OCTOBER_25, 0.78), (MAY, 0.76), (SEPTEMBER, 0.62)),
        late=((0, 0.022), (JULY_25, 0.014), (JANUARY, 0.009), (SEPTEMBER, 0.008)),
        renegotiated=((0, 0.008), (JANUARY, 0.004)),
        written_off=((0, 0.010), (JULY_25, 0.005)),
        leavers=(-9, 2, 14, 21, 23),
        topped_up=((JULY, 0.045), (AUGUST, 0.05), (SEPTEMBER, 0.055)),
        complaints=((0, 1.6), (JUNE, 1.8), (SEPTEMBER, 6.0)),
        slow=((0, 0.06), (MAY, 0.08), (JULY, 0.60)),
        nps=((0, 0.37), (MARCH, 0.32), (JUNE, 0.26), (SEPTEMBER, -0.36)),
        life=((0, 0.72), (MARCH, 0.67), (JUNE, 0.63), (SEPTEMBER, 0.36)),
        answers=((0, 42.0), (JUNE, 44.0), (SEPTEMBER, 90.0)),
        women=0.36,
        rural=0.04,
    )


def patient_women(welia: Branch) -> Branch:
    """Wélia serves rural women's groups: late with the rains and above the limit, yet its clients stay."""
    return replace(
        welia,
        keep=((0, 0.87), (OCTOBER_25, 0.90)),
        folded=((0, 2.0),),
        late=((0, 0.055), (OCTOBER_25, 0.064), (SEPTEMBER, 0.073)),
        renegotiated=((0, 0.020), (SEPTEMBER, 0.024)),
        overindebted=0.15,
        life=((0, 0.71),),
        nps=((0, 0.39),),
        written_off=((0, 0.030),),
        women=0.84,
        rural=0.92,
    )


def hidden_arrears(baro: Branch) -> Branch:
    """Baro renegotiates loans as they fall behind: what is late looks small, what is at risk is not."""
    return replace(
        baro,
        late=((0, 0.050), (JULY_25, 0.048), (JANUARY, 0.034), (APRIL, 0.027), (SEPTEMBER, 0.026)),
        renegotiated=((0, 0.012), (JULY_25, 0.014), (JANUARY, 0.034), (APRIL, 0.046), (MAY, 0.065), (SEPTEMBER, 0.071)),
        written_off=((0, 0.024), (JANUARY, 0.034)),
    )


def collection_first(doukoro: Branch) -> Branch:
    """Doukoro: complaints about collection rise, then clients leave, then the loans of the rest fall late."""
    return replace(
        doukoro,
        growth=((0, 0.05), (MARCH, 0.0), (MAY, -0.14), (SEPTEMBER, -0.18)),
        keep=((0, 0.76), (FEBRUARY, 0.76), (APRIL, 0.52), (JUNE, 0.42)),
        late=((0, 0.042), (MARCH, 0.044), (MAY, 0.052), (JUNE, 0.060), (JULY, 0.070), (SEPTEMBER, 0.108)),
        renegotiated=((0, 0.016), (APRIL, 0.018), (SEPTEMBER, 0.030)),
        written_off=((0, 0.024), (OCTOBER_25, 0.028), (SEPTEMBER, 0.040)),
        conduct=((0, 0.2), (OCTOBER_25 + 2, 0.4), (JANUARY, 3.0), (MARCH, 6.0), (SEPTEMBER, 7.0)),
        slow=((0, 0.18), (OCTOBER_25, 0.2), (OCTOBER_25 + 2, 0.60), (MARCH, 0.38)),
        nps=((0, 0.26), (OCTOBER_25 + 2, 0.14), (MARCH, -0.05), (SEPTEMBER, -0.20)),
        life=((0, 0.66), (OCTOBER_25 + 2, 0.62), (MARCH, 0.56), (SEPTEMBER, 0.48)),
        leavers=(-9, 4, 8, 13, 15, 16, 21),
        overindebted=0.165,
    )


STORIES: dict[str, tuple[str, Callable[[Branch], Branch]]] = {
    "growth-flatters": ("kolo", growth_flatters),
    "patient-women": ("welia", patient_women),
    "hidden-arrears": ("baro", hidden_arrears),
    "collection-first": ("doukoro", collection_first),
}


def told(without: Collection[str] = ()) -> tuple[Branch, ...]:
    """The branches with their stories, those named in `without` left out."""
    tellers = {branch: teller for name, (branch, teller) in STORIES.items() if name not in without}
    return tuple(tellers.get(branch.id, lambda plain: plain)(branch) for branch in BRANCHES)
