"""What a careful colleague would ask about a program's files, though nothing in them is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from longview.gather.doubts_counts import count_doubts
from longview.gather.doubts_money import money_doubts
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
    checks = (_sessions, _sites, _staff, _options, _prices, _facts)
    own = [problem for check in checks for problem in check(found, program)]
    return own + count_doubts(found, program) + money_doubts(found, program)


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


def _options(found: FolderRead, program: Program) -> Iterator[Problem]:
    moved = {effect.option: effect.lever for effect in program.effects}
    priced = {price.option for price in program.prices}
    for row in found.rows("choices"):
        option, sheet = row.value, found.sheets["choices"]
        if option.kind in ("ask", "stop", "decline"):
            yield sheet.problem("not-weighed", row, "kind")
            continue
        if option.lawful == "unclear":
            yield sheet.problem("lawful-unclear", row, "lawful")
        if option.id not in moved:
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
    areas = {row.area for row in program.records.community}
    for area in program.area_shares:
        if areas and area not in areas:
            yield found.facts.problem("share-unused", "area_shares", found=area)
