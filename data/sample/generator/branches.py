"""What each branch is like before any story is told: its size, its clients, its figures month by month."""

from dataclasses import dataclass

Path = tuple[tuple[int, float], ...]   # points (month number, value), straight lines between them


@dataclass(frozen=True)
class Branch:
    """One branch, as the generator aims at it; shares are fractions of 1.

    `persons` and `groups` (village groups) are those at the start. `growth` is a year's growth of the persons
    and `keep` the retention rate that a year at the present pace of drop-outs would give; `new_groups` and
    `folded` are groups a year. `mix` is the part of individual, solidarity and agricultural loans.
    `late` is the part of the portfolio more than 30 days late, `written_off` a year's write-offs by the
    portfolio. `leavers` lists the months in which one of the staff left.
    `topped_up` is the part of the clients whose running loan is replaced by a larger one, month by month.
    `complaints` and `conduct` (about collection) are a month's numbers, `slow` the part closed after more than
    30 days, `answers` the respondents of a survey round, `life` the part of them whose life improved.
    """

    no: int
    id: str
    name: str
    region: str
    setting: str
    manager: str
    opened: str
    persons: int
    officers: Path
    size: float = 1.0
    growth: Path = ((0, 0.06),)
    keep: Path = ((0, 0.80),)
    groups: int = 0
    new_groups: float = 0.0
    folded: Path = ((0, 0.0),)
    mix: tuple[float, float, float] = (0.66, 0.26, 0.08)
    women: float = 0.50
    rural: float = 0.30
    young: float = 0.38
    late: Path = ((0, 0.035),)
    renegotiated: Path = ((0, 0.010),)
    written_off: Path = ((0, 0.012),)
    managers: int = 2
    others: int = 2
    leavers: tuple[int, ...] = (-9, 3, 15)
    overindebted: float = 0.09
    topped_up: tuple[tuple[int, float], ...] = ()
    complaints: Path = ((0, 1.5),)
    conduct: Path = ((0, 0.10),)
    slow: Path = ((0, 0.10),)
    nps: Path = ((0, 0.40),)
    life: Path = ((0, 0.75),)
    answers: Path = ((0, 42.0),)


BRANCHES = (
    Branch(
        no=1, id="madina-sud", name="Madina Sud", region="Sahanda", setting="urban",
        manager="A. Kéboura, branch manager", opened="2009-03-02",
        persons=810, officers=((0, 3), (9, 3), (10, 4)), size=1.30, keep=((0, 0.83),), women=0.52, rural=0.25,
        late=((0, 0.026),), renegotiated=((0, 0.016),), written_off=((0, 0.018),),
        leavers=(-9, 4, 16), overindebted=0.06, slow=((0, 0.08),), nps=((0, 0.50),), life=((0, 0.82),),
    ),
    Branch(
        no=2, id="sirande", name="Sirandé", region="Sahanda", setting="urban",
        manager="F. Dambou, branch manager", opened="2010-06-14",
        persons=720, officers=((0, 5),), size=1.28, keep=((0, 0.77),), women=0.44, rural=0.12,
        late=((0, 0.025),), renegotiated=((0, 0.012),), written_off=((0, 0.014),),
        leavers=(-9, -2, 4, 10, 16, 21), overindebted=0.10, nps=((0, 0.36),), life=((0, 0.70),),
    ),
    Branch(
        no=3, id="welia", name="Wélia", region="Zantou", setting="rural",
        manager="K. Yassa, branch manager", opened="2014-01-20",
        persons=240, officers=((0, 3),), managers=1, size=1.15, keep=((0, 0.82),), women=0.60, rural=0.80,
        groups=39, new_groups=2.0, folded=((0, 2.0),), mix=(0.2, 0.5, 0.3),
        late=((0, 0.045),), renegotiated=((0, 0.012),), written_off=((0, 0.016),),
        leavers=(-9, 4, 16), overindebted=0.11, nps=((0, 0.42),), life=((0, 0.75),),
    ),
    Branch(
        no=4, id="nafara", name="Nafara", region="Delvara", setting="urban",
        manager="S. Tounda, branch manager", opened="2011-09-05",
        persons=690, officers=((0, 4),), managers=1, size=1.22, keep=((0, 0.77),), women=0.46, rural=0.20, groups=4,
        late=((0, 0.031),), renegotiated=((0, 0.020),), written_off=((0, 0.022),),
        leavers=(-9, 4, 16), overindebted=0.09, nps=((0, 0.34),), life=((0, 0.70),),
    ),
    Branch(
        no=5, id="bantako", name="Bantako", region="Delvara", setting="peri_urban",
        manager="O. Merada, branch manager", opened="2012-02-13",
        persons=540, officers=((0, 7),), others=4, size=1.02, keep=((0, 0.82),), women=0.45, rural=0.38,
        groups=13, new_groups=2.0, folded=((0, 1.0),),
        late=((0, 0.037),), renegotiated=((0, 0.026),), written_off=((0, 0.028),),
        leavers=(-9, -2, 4, 9, 14, 19), overindebted=0.08, nps=((0, 0.40),), life=((0, 0.78),),
    ),
    Branch(
        no=6, id="yorobe", name="Yorobé", region="Zantou", setting="rural",
        manager="D. Hanké, branch manager", opened="2013-05-27",
        persons=460, officers=((0, 2),), managers=1, size=1.05, keep=((0, 0.78),), women=0.52, rural=0.58,
        groups=14, new_groups=1.0, folded=((0, 1.0),), mix=(0.4, 0.35, 0.25),
        late=((0, 0.044),), renegotiated=((0, 0.028),), written_off=((0, 0.030),),
        overindebted=0.10, nps=((0, 0.40),), life=((0, 0.74),),
    ),
    Branch(
        no=7, id="kassiri", name="Kassiri", region="Delvara", setting="urban",
        manager="N. Olbra, branch manager", opened="2012-10-08",
        persons=620, officers=((0, 6),), others=5, size=1.16, keep=((0, 0.76),), women=0.40, rural=0.20, groups=4,
        late=((0, 0.033),), renegotiated=((0, 0.022),), written_off=((0, 0.024),),
        leavers=(-9, -2, 3, 8, 14, 19, 21), overindebted=0.12, nps=((0, 0.32),), life=((0, 0.69),),
    ),
    Branch(
        no=8, id="tambali", name="Tambali", region="Kerabo", setting="peri_urban",
        manager="B. Solani, branch manager", opened="2015-04-13",
        persons=515, officers=((0, 6),), others=5, size=1.00, keep=((0, 0.73),), women=0.38, rural=0.26, groups=8,
        late=((0, 0.040),), renegotiated=((0, 0.026),), written_off=((0, 0.028),),
        leavers=(-9, -2, 3, 8, 13, 17, 21), overindebted=0.12, nps=((0, 0.28),), life=((0, 0.66),),
    ),
    Branch(
        no=9, id="baro", name="Baro", region="Kerabo", setting="rural",
        manager="R. Tamba, head of credit", opened="2016-03-07",
        persons=460, officers=((0, 2),), managers=1, size=1.05, keep=((0, 0.76),), women=0.22, rural=0.42,
        groups=19, new_groups=1.0, folded=((0, 2.0),), mix=(0.45, 0.3, 0.25),
        late=((0, 0.045),), renegotiated=((0, 0.014),), written_off=((0, 0.022),),
        overindebted=0.12, slow=((0, 0.13),), nps=((0, 0.32),), life=((0, 0.69),),
    ),
    Branch(
        no=10, id="tensa", name="Tensa", region="Kerabo", setting="peri_urban",
        manager="M. Diko, branch manager", opened="2015-11-16",
        persons=480, officers=((0, 5),), size=1.05, women=0.36, rural=0.22, groups=5,
        growth=((0, 0.02), (15, 0.0), (18, -0.06)), keep=((0, 0.74), (12, 0.72), (16, 0.63), (20, 0.51)),
        late=((0, 0.048), (18, 0.055), (23, 0.063)), renegotiated=((0, 0.024),), written_off=((0, 0.026),),
        leavers=(-9, 2, 8, 14, 18, 22), overindebted=0.14,
        complaints=((0, 1.3),), slow=((0, 0.07), (17, 0.07), (18, 0.18)),
        nps=((0, 0.34), (14, 0.32), (17, 0.20), (20, 0.02), (23, -0.04)),
        life=((0, 0.70), (14, 0.68), (17, 0.63), (20, 0.53), (23, 0.49)),
    ),
    Branch(
        no=11, id="kolo", name="Kolo", region="Sahanda", setting="urban",
        manager="A. Sawa, client protection", opened="2018-08-20",
        persons=640, officers=((0, 2),), managers=1, others=4, size=1.25, keep=((0, 0.78),), women=0.40, rural=0.10,
        late=((0, 0.034),), renegotiated=((0, 0.016),), written_off=((0, 0.018),),
        overindebted=0.10, nps=((0, 0.36),), life=((0, 0.72),),
    ),
    Branch(
        no=12, id="doukoro", name="Doukoro", region="Zantou", setting="peri_urban",
        manager="I. Sanda, branch manager", opened="2017-02-06",
        persons=445, officers=((0, 5),), others=3, size=1.05, keep=((0, 0.77),), women=0.40, rural=0.34, groups=6,
        late=((0, 0.040),), renegotiated=((0, 0.018),), written_off=((0, 0.022),),
        overindebted=0.11, complaints=((0, 1.2),), nps=((0, 0.34),), life=((0, 0.70),),
    ),
)
