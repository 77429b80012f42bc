"""Laws and practices of others, beside what a program can choose: listing them, and putting them on a program."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from longview.evidence import Policy, PolicyEffect, load, policies, policy
from longview.program import Program, levers
from longview.verbs import WrongUseError

SIGNS = {"multiply": "times", "add": "plus", "set": "set to"}
WIDTH = 80  # letters, where nobody says how wide the window is


@dataclass(frozen=True, slots=True)
class LawsReport:
    """The laws that there are, or one of them."""

    laws: tuple[Policy, ...]

    def text(self, width: int = WIDTH) -> str:
        """For the terminal, in lines of `width` at most."""
        if len(self.laws) == 1:
            return law_in_full(self.laws[0], width)
        lines = []
        for law in self.laws:
            said = f"{law.name}: {law.what} Decided by {law.who}. How sure its size is: {law.grade}."
            lines += [f"  {law.id}", *_wrapped(said, width, "    ")]
        return "\n".join(
            [
                "Laws and practices of others, which Longview can set beside your options",
                *lines,
                "",
                *_wrapped("One of them in full, with what speaks for and against it: longview evidence --laws LAW", width),
                *_wrapped("Beside your own options: longview compare PROGRAM --law LAW", width),
            ]
        )  # fmt: skip


def laws(name: str | None = None) -> LawsReport:
    """All laws, or the one of that id.

    Raises:
        WrongUseError: there is no such law.
    """
    return LawsReport(tuple(policies().values()) if name is None else (known_law(name),))


def known_law(name: str) -> Policy:
    """The law of that id.

    Raises:
        WrongUseError: there is no such law; it names the nearest and all that there are.
    """
    try:
        return policy(name.strip())
    except ValueError as error:
        raise WrongUseError(str(error)) from None


def with_laws(program: Program, found: Sequence[Policy]) -> Program:
    """The program with each law among its options: yes or no, from the first month, costing it nothing.

    Raises:
        WrongUseError: a law has no effect of its own, or the program has an option of that name.
    """
    mine = {option.id for option in program.options}
    for law in found:
        if law.opens is not None:
            raise WrongUseError(
                f"{law.id} changes nothing by itself: it allows what an option of yours would do. Write an option that "
                f"moves {law.opens}, and compare that."
            )
        if law.option_id in mine:
            raise WrongUseError(f"The program has an option called {law.option_id}; the law needs that name.")
    return replace(
        program,
        options=(*program.options, *(law.option() for law in found)),
        effects=(*program.effects, *(e for law in found for e in law.option_effects(program.people.best))),
    )


def beside(found: Sequence[Policy], width: int = WIDTH) -> str:
    """What must be said under a comparison that holds laws."""
    lines = _wrapped(
        "Marked by others: laws and practices that are not yours to choose. They cost you nothing here but what they "
        "make you hand out; what they cost others is not told. They begin in the first month. Where one is in force "
        "already, today's figures hold it: then its row says nothing.",
        width,
    )
    for law in found:
        lines += _wrapped(
            f"{law.name}. How sure its size is: {law.grade}. {law.one_way} Until it works: {law.delay} Not seen: {law.blind}",
            width,
        )
    lines += _wrapped("What speaks for and against each: longview evidence --laws LAW", width)
    return "\n".join(lines)


def law_in_full(law: Policy, width: int = WIDTH) -> str:
    """One law with everything that is known of it."""
    parts = [("is", law.what), ("decided by", law.who), ("how sure", law.grade)]
    parts += [("moves", _moves(effect)) for effect in law.effects]
    if law.opens:
        parts.append(("opens", f"{law.opens}: an option of yours may then move it"))
    for label, side in (("for", law.speaks_for), ("against", law.speaks_against)):
        parts += [(label, f"{f.says} ({f'{f.study}; {f.how}' if f.study else f.how})") for f in side]
    parts += [("which way", law.one_way), ("delay", law.delay), ("not seen", law.blind)]
    parts += [("read from", ", ".join(law.reads)), ("held to", f"{_held(law)}. {law.held}")]
    lines = [f"{law.id}: {law.name}"]
    for label, words in parts:
        lines += textwrap.wrap(words, width, initial_indent=f"  {label:<10} ", subsequent_indent=" " * 13)
    return "\n".join(lines)


def _moves(effect: PolicyEffect) -> str:
    """What it moves, in the lever's own words: `odds that a witness calls for help (calling): times 1.35 (1.2 to 1.5) …`."""
    low, high = (f"{end:g}" for end in (effect.low, effect.high))
    size = f"{SIGNS[effect.op]} {effect.value:g}" + (f" ({low} to {high})" if low != high else "")
    each = " for each person who uses drugs" if effect.per else ""
    ramp = f", over {effect.ramp_months:g} months" if effect.ramp_months else ""
    words = levers()[effect.lever].words.removesuffix(", added")
    return f"{words} ({effect.lever}): {size}{each}{ramp}; {effect.source}"


def _held(law: Policy) -> str:
    rows = load()
    told = (f"{key} {rows[key].best:.3g} ({rows[key].low:.3g} to {rows[key].high:.3g})" for key in law.checks)
    return ", ".join(told) or "no ratio of a study"


def _wrapped(words: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent)


__all__ = ["LawsReport", "beside", "known_law", "law_in_full", "laws", "with_laws"]
