"""A new program: seven questions at most, every kind, budget and place whole and balanced, every figure told for what it is."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.evidence import load, price_index, program_costs
from longview.gather import KINDS, QUESTIONS, Answers, Filled, check_folder, fill, still_filled, write_folder
from longview.gather.filled import row_key, written
from longview.gather.starting.answers import example
from longview.gather.starting.filling import FIGURES, STRUCTURE
from longview.gather.starting.questions import state_of
from longview.gather.starting.sums import brought
from longview.program import Month, Program, Range, fields, fund_may_pay

NOW = Month(2026, 11)
PLACES = list(example()["places"])
ORIGINS = list(example()["origins"])
BUDGETS = (20_000.0, 60_000.0, 290_000.0, 2_000_000.0)


def made(**said: object) -> Program:
    return fill(Answers("Harbor Street", **said), NOW)[0]  # type: ignore[arg-type]


def filled_or_told(said: Answers) -> tuple[Program, list[Filled]] | str:
    """The program, or the sentence that says why there is none."""
    try:
        return fill(said, NOW)
    except ValueError as clash:
        return str(clash)


def yearly_cost(program: Program) -> float:
    """What a year of it costs, reckoned from its rows anew."""
    literature = load().rows["benefits_share"].best
    pay = sum(
        post.filled
        * post.hours
        * 52
        * float(post.rate)
        * (1 + (literature if post.benefits is None else post.benefits))
        for post in program.posts
    )
    running = sum(float(cost.amount) * 12 / cost.every for cost in program.costs)
    return pay + running + sum(float(s.unit_price) * (s.a_month or 0) * 12 for s in program.supplies)


def answers() -> st.SearchStrategy[Answers]:
    """Whatever may be said, and left unsaid."""
    maybe = st.none()
    numbers = st.floats(1, 50_000)
    ranges = st.tuples(numbers, numbers, numbers).map(lambda ends: Range(*sorted(ends)))
    return st.builds(
        Answers,
        name=st.just("Harbor Street"),
        starts=maybe | st.builds(Month, st.integers(2024, 2040), st.integers(1, 12)),
        like=maybe | st.sampled_from(KINDS),
        place=maybe | st.just("Providence, Rhode Island"),
        area=maybe | st.just("Rhode Island"),
        budget=maybe | st.floats(1_000, 5e6),
        origin=maybe | st.sampled_from(ORIGINS),
        workers=maybe | st.integers(0, 30),
        hours=maybe | st.floats(1, 60),
        where=maybe | st.sampled_from(PLACES),
        people=maybe | numbers | ranges,
        share=maybe | st.floats(0.01, 1),
    )


@pytest.mark.parametrize("where", [None, *PLACES])
@pytest.mark.parametrize("like", [None, *KINDS])
def test_every_kind_at_every_place_has_nothing_to_mend_and_its_costs_fit_its_money(like, where, tmp_path):
    for budget in (None, *BUDGETS):
        program, filled = fill(Answers("Harbor Street", like=like, where=where, budget=budget), NOW)
        folder = tmp_path / str(budget)
        write_folder(program, folder, all_columns=True)
        report = check_folder(folder)
        assert report.problems == ()
        assert report.program == program
        assert {doubt.code for doubt in report.doubts} <= {"no-services", "no-community", "one-away", "no-condition"}
        money = sum(float(fund.amount) for fund in program.funds)
        assert money == pytest.approx(budget or 100_000.0)
        assert 0.92 * money < yearly_cost(program) < 0.96 * money  # the spare is 6%; the rest is rounding
        assert len(still_filled(program, filled)) == len(filled)


@given(answers())
def test_whatever_is_said_gives_a_program_or_says_what_contradicts(said):
    made = filled_or_told(said)
    if isinstance(made, str):
        assert said.workers is not None or said.hours is not None
        assert re.search(r"Paid people: \d+ for [\d.]+ hours a week each cost about \$[\d,]+", made)
        return
    program, filled = made
    assert program.starts == (said.starts or Month(2026, 12))
    assert sum(float(fund.amount) for fund in program.funds) == pytest.approx(said.budget or 100_000.0, abs=1)
    assert yearly_cost(program) <= sum(float(fund.amount) for fund in program.funds) * 1.005 + 60
    assert len(still_filled(program, filled)) == len(filled)
    for post in program.posts:
        assert post.people == int(post.people) == post.filled
        if post.paid_as == "wage" and said.workers is not None and said.hours is not None:
            assert post.hours == said.hours
        assert post.paid_as == "volunteer" or float(post.rate) > 14.9
    if said.workers:
        assert sum(post.people for post in program.posts) == said.workers


@given(answers())
def test_every_figure_that_no_answer_gave_is_told_with_its_source(said):
    made = filled_or_told(said)
    if isinstance(made, str):
        return
    program, filled = made
    told = {(one.sheet, one.row, one.column): one for one in filled}
    assert len(told) == len(filled), "each place once"
    for one in filled:
        assert one.source
        assert one.column in {column.column for column in fields()[one.sheet].columns}
    answered = {
        ("program", "plan_from"): said.starts,
        ("program", "people"): said.people if isinstance(said.people, Range) else None,
        ("funds", "amount"): said.budget,
        ("funds", "origin"): said.origin,
        ("staff", "people"): said.workers,
        ("staff", "hours_a_week"): said.hours,
        ("sites", "kind"): said.where,
    }
    for sheet, rows in (("staff", program.posts), ("funds", program.funds[:1]), ("sites", program.sites)):
        for column in fields()[sheet].columns:
            for row in rows:
                if (sheet, column.column) in answered and column.type in FIGURES and program.posts[0].paid_as == "wage":
                    is_told = (sheet, row_key(sheet, row), column.column) in told
                    assert is_told == (answered[sheet, column.column] is None), (sheet, column.column)
    for fact in ("plan_from", "people"):
        assert (("program", fact, fact) in told) == (answered["program", fact] is None)
    for sheet in ("costs", "supplies", "prices", "effects", "sessions", "choices"):
        for row in getattr(program, fields()[sheet].into):
            for column in fields()[sheet].columns:
                value = getattr(row, column.field)
                figure = column.type in ("money", "number", "time") and value not in (None, 0, 0.0)
                if figure and (sheet, column.column) not in STRUCTURE:
                    assert told[sheet, row_key(sheet, row), column.column].value == written(column, value)


def test_our_own_example_is_the_source_of_few_figures_outside_opening_hours_and_choices():
    _, filled = fill(Answers("Harbor Street"), NOW)
    ours = [
        one for one in filled if one.source == example()["source"] and one.sheet not in ("effects", "choices", "prices")
    ]
    assert len(ours) < 0.4 * len(filled)
    assert not [one for one in ours if one.sheet in ("staff", "costs", "supplies")]


def test_answers_stand_as_they_were_given():
    program = made(
        place="Ely, Nevada", area="Nevada", budget=60_000.0, origin="local", workers=2, hours=20.0, where="van",
        people=Range(100, 200, 300), share=0.03, starts=Month(2027, 7),
    )  # fmt: skip
    assert (program.name, program.place, program.starts) == ("Harbor Street", "Ely, Nevada", Month(2027, 7))
    assert program.area_shares == {"Nevada": 0.03}
    assert program.people == Range(100, 200, 300)
    assert [fund.amount for fund in program.funds] == [Decimal(60_000)]
    assert program.funds[0].origin == "local"
    assert sum(post.people for post in program.posts) == 2
    assert {post.hours for post in program.posts} == {20.0}
    assert program.sites[0].kind == "van"


def test_one_figure_of_people_is_given_the_doubt_that_the_nations_has():
    row = load().rows["pwid_us"]
    people = made(people=1000.0).people
    assert people.best == 1000.0
    assert people.low == pytest.approx(1000 * row.low / row.best, rel=0.05)
    assert people.high == pytest.approx(1000 * row.high / row.best, rel=0.05)


def test_no_share_no_area():
    assert made(area="Nevada").area_shares == {}


@pytest.mark.parametrize("origin", ["federal", "pass-through"])
def test_money_that_may_not_buy_syringes_has_gifts_beside_it_that_do(origin):
    program = made(origin=origin, budget=100_000.0)
    main, gifts = program.funds
    assert not fund_may_pay(main, "syringes")
    assert fund_may_pay(gifts, "syringes")
    syringes = next(supply for supply in program.supplies if supply.item == "syringes")
    assert float(gifts.amount) >= float(syringes.unit_price) * (syringes.a_month or 0) * 12
    assert main.amount + gifts.amount == 100_000


def test_twice_the_money_pays_twice_the_running_costs_and_hours():
    once, twice = made(budget=400_000.0, like="small-urban"), made(budget=800_000.0, like="small-urban")
    for less, more in zip(once.costs, twice.costs, strict=True):
        assert float(more.amount) == pytest.approx(2 * float(less.amount), rel=0.02)
    hours = [sum(post.people * post.hours for post in program.posts) for program in (once, twice)]
    assert hours[1] == pytest.approx(2 * hours[0], rel=0.1)


@pytest.mark.parametrize("like", KINDS)
def test_money_is_split_as_the_study_splits_it(like):
    costs = program_costs(*like.split("-"))  # type: ignore[arg-type]
    program = made(like=like, budget=500_000.0)
    medical = next(cost for cost in program.costs if cost.item == "contracts")
    assert 12 * float(medical.amount) / yearly_cost(program) == pytest.approx(costs.medical / costs.yearly, rel=0.03)
    running = sum(
        12 * float(c.amount)
        for c in program.costs
        if c.item in ("rent", "utilities", "insurance", "phones", "bookkeeping")
    )
    assert running / yearly_cost(program) == pytest.approx(costs.operations / costs.yearly, rel=0.03)


def test_a_van_costs_what_the_study_adds_for_one():
    costs = program_costs("small", "rural")
    van = next(cost for cost in made(where="van", like="small-rural").costs if cost.item == "vehicle")
    whole = costs.yearly + costs.mobile_unit
    assert 12 * float(van.amount) == pytest.approx(94_000 * costs.mobile_unit / whole, rel=0.02)
    assert not [cost for cost in made(where="rented").costs if cost.item == "vehicle"]


def test_without_pay_nobody_is_paid_and_the_money_goes_elsewhere():
    program = made(workers=0, budget=10_000.0)
    assert [post.paid_as for post in program.posts] == ["volunteer"]
    assert {"raise-pay", "evening-hours"}.isdisjoint({option.id for option in program.options})
    assert 0.92 * 10_000 < yearly_cost(program) < 0.96 * 10_000


def test_where_there_is_no_door_there_is_no_session():
    assert made(where="mail").sessions == ()
    assert "evening-hours" not in {option.id for option in made(where="mail").options}


def test_open_hours_are_no_more_than_those_who_work_there_can_hold():
    for budget in BUDGETS:
        program = made(budget=budget)
        open_hours = sum((s.end - s.start) * s.needed for s in program.sessions)
        assert 1 <= open_hours <= sum(post.people * post.hours for post in program.posts)
        assert {s.needed for s in program.sessions} <= {1, 2}


def test_more_than_the_money_pays_is_refused_with_the_sum():
    with pytest.raises(
        ValueError, match=r"Paid people: 4 for 38 hours a week each cost about \$1\d\d,\d\d\d .*, and \$18,800 is there"
    ):
        made(workers=4, hours=38.0, budget=20_000.0)


def test_little_money_is_paid_at_the_least_rate_rather_than_refused():
    program = made(workers=2, hours=20.0, budget=60_000.0)
    assert {post.benefits for post in program.posts} == {load().rows["benefits_share"].low}
    assert min(float(post.rate) for post in program.posts) >= load().rows["wage_hr_worker_hour"].low


def test_money_is_brought_to_its_year_by_the_index_and_beyond_it_by_the_growth_of_prices():
    rows = load().rows
    assert brought(100.0, 2016, 2024, rows) == pytest.approx(100 * price_index(2016, 2024))
    grown = brought(100.0, 2016, 2026, rows) / brought(100.0, 2016, 2024, rows)
    assert grown == pytest.approx((1 + rows["price_growth"].best) ** 2)


# ---------------------------------------------------------------------------------------------- questions


def test_there_are_seven_questions_at_most_each_with_its_reason_its_example_and_what_is_taken_without_it():
    assert len(QUESTIONS) <= 7
    for question in QUESTIONS:
        assert question.asks
        assert question.why.endswith(".")
        assert question.why.count(".") <= 2
        assert len(question.why) < 100
        assert question.otherwise
        first = question.read(question.example)
        assert all(name in Answers.__dataclass_fields__ for name in first)


def test_what_is_taken_without_an_answer_is_what_is_told():
    rows, program = load().rows, made()
    told = {question.id: question.otherwise for question in QUESTIONS}
    assert f"{rows['budget_median'].best:,.0f}" in told["budget"]
    assert float(program.funds[0].amount) == rows["budget_median"].best
    origin = next(question for question in QUESTIONS if question.id == "origin")
    assert origin.read(told["origin"].split(",")[0]) == {"origin": program.funds[0].origin}
    where = next(question for question in QUESTIONS if question.id == "where")
    assert where.read(told["where"].split(",")[0]) == {"where": "rented"}
    assert program.sites == made(where="rented").sites


ANSWERS = [
    ("budget", "60000", {"budget": 60_000.0}),
    ("budget", "$60,000", {"budget": 60_000.0}),
    ("budget", "60k", {"budget": 60_000.0}),
    ("budget", "1.2 million", {"budget": 1_200_000.0}),
    ("origin", "4", {"origin": "local"}),
    ("origin", "settle", {"origin": "settlement"}),
    ("workers", "3", {"workers": 3}),
    ("workers", "2 x 20", {"workers": 2, "hours": 20.0}),
    ("workers", "2 people for 37.5 hours", {"workers": 2, "hours": 37.5}),
    ("workers", "0", {"workers": 0}),
    ("where", "van", {"where": "van"}),
    ("where", "1", {"where": "rented"}),
    ("people", "1,500", {"people": 1500.0}),
    ("people", "900 1500 2600", {"people": Range(900, 1500, 2600)}),
    ("people", "900 to 1500 to 2600", {"people": Range(900, 1500, 2600)}),
    ("share", "20%", {"share": 0.2}),
    ("share", "0.2", {"share": 0.2}),
    ("place", "Ely, NV", {"place": "Ely, NV", "area": "Nevada"}),
]


@pytest.mark.parametrize(("id_", "text", "meant"), ANSWERS, ids=[f"{a} {b}" for a, b, _ in ANSWERS])
def test_answers_are_read_as_people_type_them(id_, text, meant):
    assert next(question for question in QUESTIONS if question.id == id_).read(text) == meant


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("budget", "much"), ("budget", "0"), ("budget", "-5"), ("budget", "60,00O"), ("budget", "1e30"), ("budget", "k"),
        ("origin", "0"), ("origin", "8"), ("origin", "s"), ("origin", "x"), ("workers", "half"), ("workers", "1.5"),
        ("workers", "2 x 200"), ("workers", "2 x 20 x 3"), ("workers", "-1"), ("where", "9"), ("where", "m"),
        ("people", "900 2600"), ("people", "3 2 1"), ("people", "0"), ("people", "some"), ("share", "0"),
        ("share", "20"), ("share", "x%"), ("people", "nan"), ("share", "inf"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_by_what_to_type(id_, text):
    with pytest.raises(ValueError, match=r"[Ww]rite|go from") as unclear:
        next(question for question in QUESTIONS if question.id == id_).read(text)
    assert str(unclear.value).endswith(".")


@given(st.sampled_from(QUESTIONS), st.text(max_size=30))
def test_no_answer_is_anything_but_read_or_refused_in_words(question, text):
    try:
        read = question.read(text)
    except ValueError as unclear:
        read, said = {}, str(unclear)
    else:
        said = "."
    assert said.endswith(".")
    assert fill(replace(Answers("Harbor Street"), **{k: v for k, v in read.items() if k != "hours"}), NOW)[0].funds


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ("Providence, Rhode Island", "Rhode Island"), ("Providence, RI", "Rhode Island"), ("New York", "New York"),
        ("Charleston, West Virginia", "West Virginia"), ("Richmond, virginia", "Virginia"), ("Gary, in", "Indiana"),
        ("Kansas City, Missouri", "Missouri"), ("Washington, D.C.", "District of Columbia"), ("rural Nevada", "Nevada"),
        ("Toronto, Ontario", None), ("in", None), ("", None),
    ],
)  # fmt: skip
def test_the_state_is_found_in_the_place_as_cdc_writes_it(place, area):
    assert state_of(place) == area


def test_states_are_written_as_the_export_writes_them():
    export = Path(__file__).resolve().parents[3] / "shared" / "data"
    known = set(example()["states"].values())
    assert len(known) == 51
    found = [path for path in export.rglob("*.txt") if "wonder" in str(path).lower()] if export.is_dir() else []
    if not found:
        pytest.skip("the exports of CDC WONDER do not lie beside this checkout")
    text = "".join(path.read_text(encoding="utf-8", errors="replace") for path in found)
    missing = [state for state in known if f"\t{state}\t" not in text]
    assert missing == []
