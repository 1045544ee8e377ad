"""What people say in the sample, in their own words, and whether they agreed to be quoted."""

import numpy as np

from generator.clock import dice
from generator.tables import Texts

AGREED, REFUSED = 0.40, 0.70     # of those who said something; the rest was not asked
COMPLAINTS = {
    "collection_conduct": (
        "The officer shouted at me before my neighbours.", "They came to my house late in the evening.",
        "The officer threatened to take my goods.", "They waited at my stall until my customers left.",
        "My mother was insulted because I was two days late.", "They came with my neighbour to shame me.",
        "The officer said he would lock my shop.",
    ),
    "service": (
        "I waited three weeks for an answer.", "My payment was not entered.", "The office was closed on market day.",
        "I came three times and the cashier was away.", "I called 70 00 12 34 four times and nobody answered.",
        "They lost my file and I had to bring all papers again.", "The queue took the whole morning.",
    ),
    "pricing": (
        "The fee was higher than I was told.", "I paid a penalty that I do not understand.",
        "The insurance was deducted and nobody asked me.", "The rate is higher than for my sister at the same office.",
        "I paid for the file although the loan was refused.",
    ),
    "transparency": (
        "Nobody gave me the schedule in writing.", "I did not know about the fee.",
        "The contract was not explained in our language.", "I signed a paper that nobody read to me.",
    ),
    "other": (
        "The meeting place is too far.", "I would like a longer time between instalments.",
        "Mobile money did not work for two days and my payment counted as late.",
        "The group leader decides alone who may speak.", "There is no bench in the yard.",
        "The loan came after the harvest, too late for seed.", "The bench in front of the door is broken.",
        "Old women need a bench and some shade.", "The insurance has not paid for my burnt stall.",
    ),
    "privacy": (
        "My debt was spoken of at the meeting.", "The list with our names hung on the door.",
        "My husband was told how much I save.",
    ),
    "fraud": ("I was asked for money to get the loan.", "I paid and got no receipt."),
}  # fmt: skip
GOOD = (
    ("access", ("Women of our quarter can now borrow without a land title.",
                "A widow of our street opened a shop with her first loan.")),
    ("service", ("The officer comes on the day that was agreed.", "They answered our letter within a week.")),
    ("community", ("Traders rebuilt the market with these loans.", "The well for the school was dug with their help.")),
    ("information", ("The leaflet in our language helps us compare.", "The price list on the wall is easy to read.")),
)  # fmt: skip
BAD = (
    ("collection", ("Collectors come at night and the whole quarter hears of it.",
                    "Young men were humiliated at the market for a small debt.")),
    ("indebtedness", ("People take a second loan to repay the first.",
                      "Some families eat less to pay on Friday.")),
    ("prices", ("Fees are explained only when the money is paid out.",
                "The interest rate is told by the month, so nobody can compare.")),
    ("access", ("Those who live across the river are left out.",
                "A man in a wheelchair cannot get into the office.")),
)  # fmt: skip
NEITHER = (
    ("service", ("The office should open on market days.", "A second cashier would help before feasts.")),
    ("climate", ("The rains came late again this year.", "After the flood many fields were sown twice.")),
)
EXITS = {
    "no_need": ("I have no more need of a loan.", "My children work now."),
    "resting": ("I want to take a rest and come back.",),
    "graduated": ("A bank gave me a larger loan.",),
    "business_closed": ("I closed my business after the rains.",),
    "illness": ("I fell ill and cannot work.",),
    "moved": ("We moved to another town.",),
    "product": ("There are too many meetings for me.", "The loan is too small for my trade.",
                "Instalments every week do not fit a harvest."),
    "staff": ("The officer never listened.", "Nobody greeted me at the office."),
    "group": ("I had to pay for others of my group.",),
    "harassment": ("They shamed me before the neighbours.", "I am afraid when they come at night."),
    "over_debt": ("I have several loans and cannot repay them all.", "I sold my goat to pay the instalment."),
    "rejected": ("My new loan was refused and nobody said why.",),
    "other": ("My family asked me to stop.",),
}  # fmt: skip


def described(kinds: Texts) -> Texts:
    """What happened, for the category of each complaint."""
    return np.array([COMPLAINTS[kind][i % len(COMPLAINTS[kind])] for i, kind in enumerate(kinds)], dtype=object)


def left(reasons: Texts) -> Texts:
    """Why each person left, in words."""
    return np.array([EXITS[reason][i % len(EXITS[reason])] for i, reason in enumerate(reasons)], dtype=object)


def consent(n: int, *keys: int) -> Texts:
    """Whether each of n people agreed to be quoted; None where nobody asked."""
    draw = dice(*keys).random(n)
    return np.array([True if d < AGREED else False if d < REFUSED else None for d in draw.tolist()], dtype=object)
