"""The made records of the example: 36 months of services, staff events and, for 2022, a ledger.

Drawn from means that follow the evidence (visits and kits a participant, reversals a kit), with noise of counts. The
seed is 20221231; only `random.random` is used, whose numbers are the same on every Python.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist

from longview.program import Count, LedgerLine, Month, ServiceCount, WorkforceMonth

SEED = 20221231
FIRST, LAST = Month(2020, 1), Month(2022, 12)
MONTHS = tuple(FIRST.plus(i) for i in range(LAST.since(FIRST) + 1))

# A month's mean in 2020, 2021 and 2022.
YEARLY = {
    "visits": (690.0, 780.0, 840.0),
    "participants_month": (265.0, 300.0, 325.0),
    "syringes_out": (6900.0, 8100.0, 9000.0),
    "syringes_back": (4300.0, 5200.0, 5900.0),
    "kits_out": (155.0, 210.0, 250.0),
    "reversals": (9.0, 15.0, 19.0),
    "referrals": (3.5, 6.0, 4.2),
    "wounds_treated": (14.0, 17.0, 20.0),
    "days_closed": (0.25, 0.4, 0.6),
    "turned_away": (0.0, 0.0, 27.0),
}
PARTICIPANTS = {2020: 742, 2021: 836, 2022: 905}  # different people in the twelve months that end in December

SPRING_2020 = {Month(2020, 4): 0.55, Month(2020, 5): 0.65, Month(2020, 6): 0.8}  # doors half shut
SEASON = (0.94, 0.92, 0.99, 1.0, 1.03, 1.05, 1.05, 1.06, 1.03, 1.02, 0.97, 0.94)
UNCOUNTED = {
    "participants_month": (Month(2020, 4), Month(2020, 5)),  # names were not asked for at the door
    "wounds_treated": tuple(Month(2020, m) for m in range(1, 7)),
    "turned_away": tuple(month for month in MONTHS if month < Month(2022, 7)),  # a tally since July 2022
    "syringes_back": (Month(2021, 2),),  # the scale was broken
}
HIDDEN = ("reversals", "referrals", "wounds_treated")  # the program's own rule: below 5 is written <5


@dataclass
class Noise:
    """Counts about a mean, nearly Poisson."""

    random: random.Random

    def count(self, mean: float, spread: float = 1.1) -> int:
        """A whole number about `mean`."""
        z = NormalDist().inv_cdf(self.random.random() * (1 - 2e-9) + 1e-9)
        return max(0, round(mean + spread * math.sqrt(mean) * z))


def services() -> tuple[ServiceCount, ...]:
    """Months by measures, for the whole program."""
    noise = Noise(random.Random(SEED))
    rows = []
    for measure, means in YEARLY.items():
        for month in MONTHS:
            mean = means[month.year - 2020] * SEASON[month.month - 1] * SPRING_2020.get(month, 1.0)
            drawn = noise.count(mean)
            rows.append(ServiceCount(month, None, measure, _told(measure, month, drawn)))
    for year, people in PARTICIPANTS.items():
        rows.append(ServiceCount(Month(year, 12), None, "participants_12_months", Count.of(people)))
    return tuple(sorted(rows, key=lambda row: row.month))


def _told(measure: str, month: Month, drawn: int) -> Count:
    if month in UNCOUNTED.get(measure, ()):
        return Count.blank()
    if measure in HIDDEN and 0 < drawn < 5:
        return Count.below(5, least=1)
    return Count.of(drawn)


# Who left and who came: role, month of leaving, month of coming (None: not yet).
MOVES = (
    ("Outreach worker", Month(2020, 3), Month(2020, 6)),
    ("Peer worker", Month(2020, 11), Month(2021, 1)),
    ("Treatment linkage worker", None, Month(2021, 3)),  # a new post
    ("Outreach lead", Month(2021, 5), Month(2021, 8)),
    ("Outreach worker", Month(2021, 9), Month(2021, 12)),
    ("Treatment linkage worker", Month(2022, 2), None),  # on hold since
    ("Outreach worker", Month(2022, 9), None),
)
PLACES = {
    "Director": (1, 40.0),
    "Outreach lead": (1, 37.5),
    "Outreach worker": (3, 35.0),
    "Peer worker": (1, 25.0),
    "Treatment linkage worker": (1, 35.0),
}


def workforce() -> tuple[WorkforceMonth, ...]:
    """Months by roles: those who came, those who left, empty places at the month's end, paid hours."""
    rows = []
    for role, (places, weekly) in PLACES.items():
        here = 0 if role == "Treatment linkage worker" else places
        for month in MONTHS:
            if role == "Treatment linkage worker" and month < Month(2021, 3):
                continue
            left = sum(name == role and out == month for name, out, _ in MOVES)
            came = sum(name == role and back == month for name, _, back in MOVES)
            opened = here
            here += came - left
            hours = round((opened + here) / 2 * weekly * 52 / 12, 1)
            rows.append(WorkforceMonth(month, role, Count.of(came), Count.of(left), Count.of(places - here), hours))
    return tuple(sorted(rows, key=lambda row: row.month))


# 2022 by month: what each account cost, and which fund paid which share of it.
PAY = {"Director": 33.00, "Outreach lead": 23.50, "Outreach worker": 18.00, "Peer worker": 17.50}
PAY["Treatment linkage worker"] = 19.50
ACCOUNTS = {
    "6200 Naloxone": (2150.0, {"federal": 1.0}),
    "6210 Syringes": (880.0, {"state": 1.0}),
    "6220 Other supplies": (2380.0, {"state": 0.6, "foundation": 0.4}),
    "6300 Utilities and insurance": (1390.0, {"city": 1.0}),
    "6400 Phones, software, printing": (610.0, {"city": 0.6, "own": 0.4}),
    "6500 Bookkeeping": (740.0, {"city": 0.4, "own": 0.6}),
    "6600 Van": (560.0, {"foundation": 1.0}),
    "6700 Sharps, food, training": (640.0, {"own": 1.0}),
    "6800 Upkeep": (570.0, {"own": 1.0}),
}
WAGES = {"federal": 0.36, "state": 0.34, "foundation": 0.05, "city": 0.04, "own": 0.21}
RECEIPTS = {
    "foundation": {1: 15000, 7: 15000},
    "city": {1: 8800, 4: 8800, 7: 9000, 10: 9000},
    "own": dict.fromkeys(range(1, 13), 4200),
}
WAIT = {"federal": 1, "state": 5}  # months from a claim to its money
OVERHEAD = {"federal": Decimal("1.1"), "state": Decimal(1)}  # what may be claimed on top of the cost


def money() -> tuple[LedgerLine, ...]:
    """The ledger of 2022, cash basis, with the claims of the year that are still unpaid at its end."""
    noise = Noise(random.Random(SEED + 1))
    hours = {(row.month, row.role): row.hours or 0.0 for row in workforce()}
    lines: list[LedgerLine] = []
    for number in range(1, 13):
        month = Month(2022, number)
        claims = dict.fromkeys(WAIT, Decimal(0))
        wages = sum(hours[month, role] * rate for role, rate in PAY.items()) * 1.14
        spent = {"6100 Wages and payroll tax": (wages, WAGES)} | ACCOUNTS
        for account, (mean, payers) in spent.items():
            whole = noise.count(mean, 0.0 if account.startswith("6100") else 3.0)
            for fund, share in payers.items():
                amount = Decimal(round(whole * share)).quantize(Decimal("0.01"))
                lines.append(LedgerLine(_day(month, 28), fund, account, "expense", amount))
                if fund in claims:
                    claims[fund] += amount
        lines += _claimed(month, claims)
        for fund, received in RECEIPTS.items():
            if number in received:
                lines.append(LedgerLine(_day(month, 15), fund, "4000 Income", "income", Decimal(received[number])))
        lines.append(LedgerLine(_day(month, 15), "unassigned", "4500 Naloxone given", "in-kind", Decimal(150 * 22)))
    lines.append(LedgerLine("2022-04-20", "own", "6510 Audit", "expense", Decimal(6200)))
    return tuple(sorted(lines, key=lambda line: line.date))


def _claimed(month: Month, claims: dict[str, Decimal]) -> list[LedgerLine]:
    """A month's claims: income when they are paid within the year, else receivable."""
    lines = []
    for fund, direct in claims.items():
        amount = (direct * OVERHEAD[fund]).quantize(Decimal("0.01"))
        paid = month.plus(WAIT[fund])
        if paid <= LAST:
            lines.append(LedgerLine(_day(paid, 20), fund, "4100 Claims paid", "income", amount))
        else:
            lines.append(LedgerLine(_day(month, 28), fund, "1200 Claims unpaid", "receivable", amount, due=paid))
    return lines


def _day(month: Month, day: int) -> str:
    return f"{month}-{day:02d}"
