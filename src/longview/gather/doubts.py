"""What a careful colleague would ask about a program's files, though nothing in them is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from longview.gather.doubts_areas import area_doubts
from longview.gather.doubts_asks import ask_doubts
from longview.gather.doubts_counts import JUMP, count_doubts
from longview.gather.doubts_ledger import ledger_doubts
from longview.gather.doubts_money import money_doubts
from longview.gather.doubts_totals import total_doubts
from longview.gather.folder import FolderRead
from longview.program import Problem, Program, levers

# What moving a lever costs, where the model works it out: the items under which it would be priced a second time.
_MODELLED = {
    "wage": {"wages"},
    "hire_frozen": {"wages", "benefits"},
    "kits": {"naloxone"},
    "kits_added": {"naloxone"},
    "supplies": {"syringes", "pipes", "other-supplies"},
    "syringe_rule": {"syringes"},
    "upkeep_added": {"building"},
    "protected": {"wages"},
}


def doubts(found: FolderRead) -> list[Problem]:
    """All doubts about a program that was read."""
    program = found.program
    if program is None:
        return []
    checks = (_sessions, _hours, _sites, _staff, _options, _room, _roofs, _prices, _facts, _plan)
    own = [problem for check in checks for problem in check(found, program)]
    counts = count_doubts(found, program) + total_doubts(found, program)
    money = money_doubts(found, program) + ask_doubts(found, program) + ledger_doubts(found, program)
    return own + counts + area_doubts(found, program) + money


def _sessions(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("sessions"):
        session = row.value
        here = sum(post.filled for post in program.posts if post.site in (None, session.site))
        if here < session.needed:
            code = "cannot-open"
        elif here - 1 < session.needed:
            code = "one-away"
        else:
            continue
        parts = {"people": f"{here:g}", "needed": session.needed}
        yield found.sheets["sessions"].problem(code, row, "people_needed", **parts)


def _hours(found: FolderRead, program: Program) -> Iterator[Problem]:
    """More hours of workers needed to open than those who are here work in a week, in the busiest month."""
    rows = found.rows("sessions")
    if not rows or not program.posts:
        return
    by_month = [
        sum((s.end - s.start) * s.needed for s in program.sessions if not s.months or month in s.months)
        for month in range(1, 13)
    ]
    worked = sum(post.filled * post.hours for post in program.posts)
    if max(by_month) > worked:
        parts = {"needed": f"{max(by_month):.0f}", "worked": f"{worked:.0f}"}
        yield found.sheets["sessions"].problem("more-open-than-staffed", None, "people_needed", **parts)


def _sites(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("sites"):
        site, sheet = row.value, found.sheets["sites"]
        if not site.ours_to_keep:
            for column in ("repairs_put_off", "condition", "upkeep"):
                if getattr(site, column) is not None:
                    yield sheet.problem("landlords-roof", row, column, column_words=column)
                    break
        elif site.premises == "owned" and site.kind == "fixed" and site.condition is None:
            yield sheet.problem("no-condition", row, "condition")
        elif site.condition is not None and site.premises == "hosted":
            yield sheet.problem("hosted-roof", row, "condition")
        elif site.condition is not None and site.replacement_value is None:
            yield sheet.problem("no-value", row, "replacement_value")


def _staff(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("staff"):
        if row.value.paid_as == "volunteer" and row.value.rate > 0:
            yield found.sheets["staff"].problem("volunteer-paid", row, "rate", rate=row.value.rate)
        elif row.value.paid_as != "volunteer" and row.value.rate == 0:
            yield found.sheets["staff"].problem("unpaid", row, "rate", paid_as=row.value.paid_as)
        others = [
            float(p.rate) for p in program.posts if p.rate > 0 and p.paid_as != "volunteer" and p.id != row.value.id
        ]
        usual = median(others) if len(others) > 1 else float(program.wage_elsewhere or program.living_wage or 0)
        if usual and float(row.value.rate) >= JUMP * usual:
            yield found.sheets["staff"].problem("rate-jump", row, "rate", usual=f"{usual:g}")


def _options(found: FolderRead, program: Program) -> Iterator[Problem]:
    moved = {effect.option: effect.lever for effect in program.effects}
    priced = {price.option for price in program.prices}
    for row in found.rows("choices"):
        option, sheet = row.value, found.sheets["choices"]
        if option.lawful == "unclear":
            yield sheet.problem("lawful-unclear", row, "lawful")
        if option.kind in ("ask", "decline") or option.stops:
            continue
        if option.id not in moved and option.id not in priced:
            yield sheet.problem("does-nothing", row, "id")
        elif option.kind == "stop":
            continue
        elif option.id not in moved:
            yield sheet.problem("no-effect", row, "id")
        elif option.id not in priced and not _modelled(program, option.id):
            yield sheet.problem("no-price", row, "id")
        if option.least is not None and option.most is not None and option.step:
            steps = (option.most - option.least) / option.step
            if abs(steps - round(steps)) > 1e-9:
                parts = {"least": f"{option.least:g}", "most": f"{option.most:g}", "step": f"{option.step:g}"}
                last = f"{option.least + int(steps) * option.step:g}"
                yield sheet.problem("not-on-the-step", row, "step", last=last, **parts)


def _modelled(program: Program, option: str) -> bool:
    """Whether the model works out the cost of something that an option moves."""
    return any(levers()[effect.lever].cost == "modelled" for effect in program.effects if effect.option == option)


def _room(found: FolderRead, program: Program) -> Iterator[Problem]:
    """More of the people than one site has ever reached said to come to a consumption room."""
    for row in found.rows("effects"):
        effect = row.value
        lever = levers()[effect.lever]
        option = next((o for o in program.options if o.id == effect.option), None)
        level = option.most if option is not None and option.most is not None else 1.0
        reached = effect.value if effect.op == "set" else lever.today + effect.value * level
        if lever.believed is not None and effect.op != "multiply" and reached > lever.believed:
            parts = {"lever": lever.id, "words": lever.words, "most": f"{lever.believed:g}"}
            yield found.sheets["effects"].problem("beyond-belief", row, "value", **parts)


def _roofs(found: FolderRead, program: Program) -> Iterator[Problem]:
    """Repairs chosen where no roof is ours to mend, or none is in the plan."""
    if not program.sites or any(site.ours_to_keep and site.condition is not None for site in program.sites):
        return
    for row in found.rows("effects"):
        if row.value.lever in ("repair", "upkeep_added"):
            yield found.sheets["effects"].problem("no-roof-to-mend", row, "lever")


def _prices(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("prices"):
        moved = [effect.lever for effect in program.effects if effect.option == row.value.option]
        for lever in moved:
            if row.value.item in _MODELLED.get(lever, ()):
                yield found.sheets["prices"].problem("priced-twice", row, "item", lever=lever)


def _facts(found: FolderRead, program: Program) -> Iterator[Problem]:
    if found.facts is None:
        return
    if program.living_wage_by is not None and program.living_wage is None:
        yield found.facts.problem("wage-floor", "living_wage_by")
    if len(program.currency) != 3 or not program.currency.isalpha():
        yield found.facts.problem("currency-code", "currency")


def _plan(found: FolderRead, program: Program) -> Iterator[Problem]:
    """A plan that begins long after the records end, or in the prices of another time."""
    if found.facts is None:
        return
    last = program.records.last_month
    if last is not None and program.plan_from is not None and program.plan_from.since(last) > 12:
        gap = program.plan_from.since(last) - 1
        yield found.facts.problem("records-old", "plan_from", last=last, months=gap)
    if abs(program.price_year - program.starts.year) > 5:
        yield found.facts.problem("prices-old", "price_year", start=program.starts)
