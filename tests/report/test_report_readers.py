"""A plan must not harm: what each reader may see (law 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import findings_made as whole
import pytest
import report_made as made
from hypothesis import given
from hypothesis import strategies as st
from report_pages import page, plan, words_of

from longview.program import Effect, Option, Post, Program
from longview.report import Audience, report_html
from longview.report.told import FEW, is_cut, roles_shown, shows_staff, without_sites
from longview.results import Choice, Portfolio

OUTSIDE: tuple[Audience, ...] = ("participants", "public")
BEYOND: tuple[Audience, ...] = ("board", "funder", "participants", "public")


def small() -> Program:
    """A program of four people."""
    program = made.program()
    return replace(program, posts=tuple(replace(p, filled=min(p.filled, 2.0)) for p in program.posts))


def named() -> Program:
    """An option that names a place."""
    options = made.program().options
    return made.program(
        options=tuple(replace(o, name=f"{o.name} of Harbor House") if o.id == "roof" else o for o in options)
    )


def stopping() -> Program:
    """An option that stops something."""
    options = made.program().options
    return made.program(options=tuple(replace(o, kind="stop") if o.id == "evenings" else o for o in options))


@cache
def told(audience: Audience, program: Callable[[], Program]) -> str:
    return words_of(report_html(program(), whole.findings(plan()), audience=audience))


@pytest.mark.parametrize("audience", BEYOND)
def test_pay_by_role_is_never_shown_of_fewer_than_five_outside_the_directors_copy(audience: Audience) -> None:
    words = words_of(page(audience))
    for rate in ("$21.50", "$26", "$38", "$34"):
        assert f"| {rate} |" not in words


def test_the_director_sees_pay_by_role() -> None:
    words = words_of(page("director"))
    assert "Outreach worker | 3 | $21.50" in words
    assert "keep it to yourself" in words


def test_a_board_sees_total_pay_and_proposed_rates_but_not_todays() -> None:
    decision = made.decision()
    portfolios = list(decision.comparison.portfolios)
    portfolios[1] = Portfolio("raise", (Choice("raise", 1.0, made.START.plus(3)),))
    decision = replace(decision, comparison=replace(decision.comparison, portfolios=tuple(portfolios)))
    words = words_of(
        report_html(
            made.program(), whole.findings(replace(plan(), commitments=()), decision=decision), audience="board"
        )
    )
    assert "Pay comes to about" in words
    assert "Outreach worker | – | – | $24.10" in words
    funder = words_of(
        report_html(
            made.program(), whole.findings(replace(plan(), commitments=()), decision=decision), audience="funder"
        )
    )
    assert "$24.10 |" not in funder
    assert "Outreach worker" not in funder


@pytest.mark.parametrize("audience", BEYOND)
def test_burnout_and_leaving_are_never_told_of_a_handful_of_people(audience: Audience) -> None:
    few = told(audience, small)
    assert "Burnt out" not in few
    assert "Workers who leave" not in few
    assert "a figure about so few is a figure about somebody" in few
    assert "Burnt out" in told("director", small)
    assert "Burnt out" in words_of(page(audience))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), min_size=1, max_size=6), st.sampled_from(BEYOND))
def test_a_role_is_shown_only_where_five_share_it(posts: list[tuple[str, int]], audience: Audience) -> None:
    from decimal import Decimal

    program = replace(
        made.program(),
        posts=tuple(Post(str(n), role, people, people, 30, Decimal(20)) for n, (role, people) in enumerate(posts)),
    )
    counts = {role: sum(people for r, people in posts if r == role) for role, _ in posts}
    assert set(roles_shown(program, audience)) == {role for role, people in counts.items() if people >= FEW}
    assert shows_staff(program, audience) == (sum(counts.values()) >= FEW)
    assert set(roles_shown(program, "director")) == set(counts)


@pytest.mark.parametrize("audience", OUTSIDE)
def test_readers_outside_see_no_sites_no_cash_by_month_and_no_fund(audience: Audience) -> None:
    words = told(audience, named)
    assert "Harbor House" not in words
    assert "Mend the roof of one of our places" in words
    for fund in made.program().funds:
        assert fund.name not in words
    assert "reserve" not in words.lower()
    assert "leaves out places, cuts and cash month by month" in words
    assert "Harbor House" in told("board", named)


@pytest.mark.parametrize("audience", OUTSIDE)
def test_readers_outside_see_no_cuts(audience: Audience) -> None:
    assert "Longer evenings" in told("board", stopping)
    assert "onger evenings" not in told(audience, stopping)


def test_a_lever_brought_below_today_is_a_cut() -> None:
    program = made.program()
    option = Option("fewer", "Fewer kits", "yes-no")
    for effect, cut in (
        (Effect("fewer", "kits", "multiply", 0.5), True), (Effect("fewer", "kits", "multiply", 1.5), False),
        (Effect("fewer", "hours_day", "add", -4), True), (Effect("fewer", "claim_lag", "add", -3), False),
        (Effect("fewer", "supplies", "set", 0.5), True), (Effect("fewer", "new_place_miles", "set", 0.5), False),
        (Effect("fewer", "police", "add", -0.2), False), (Effect("fewer", "jail", "multiply", 0.5), False),
        (Effect("fewer", "retention", "multiply", 0.5), True), (Effect("fewer", "kits_elsewhere", "set", 0.5), True),
    ):  # fmt: skip
        assert is_cut(replace(program, effects=(effect,)), option) is cut


def test_a_sites_name_is_taken_out_whole_words_only_and_in_any_case() -> None:
    assert (
        without_sites("At HARBOR HOUSE, not at Harbor Houses", made.program())
        == "At one of our places, not at Harbor Houses"
    )


@cache
def watched(audience: Audience) -> str:
    """A plan whose sign is free cash."""
    sign = replace(plan().commitments[0], indicator="free_cash", look_again="free_cash < 30000 by 2028")
    promises = replace(plan(), commitments=(sign,))
    pick = made.outlook()
    return words_of(report_html(made.program(), whole.findings(promises, today=pick, pick=pick), audience=audience))


@pytest.mark.parametrize(("audience", "seen"), [("board", True), ("participants", False), ("public", False)])
def test_readers_outside_see_no_free_cash_as_a_sign(audience: Audience, seen: bool) -> None:
    assert ("free cash is under $30,000" in watched(audience)) is seen
    assert ("free cash at the end of" in watched(audience)) is seen
