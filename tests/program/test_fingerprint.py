"""The same records have the same fingerprint; other records have another."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from longview.program import (
    CommunityCount,
    Count,
    Fund,
    Month,
    Post,
    Program,
    Range,
    Records,
    ServiceCount,
    records_hash,
)


def program(**changes) -> Program:
    values = {
        "id": "p",
        "name": "P",
        "place": "Here",
        "currency": "USD",
        "price_year": 2022,
        "first_month": Month(2022, 1),
        "people": Range(1, 2, 3),
        "area_shares": {"A": 0.1, "B": 0.2},
        "posts": (Post("a", "A", 1, 1, 35, Decimal("19.5")),),
        "funds": (Fund("f", "F", "own", Decimal(1), Month(2022, 1), None),),
    }
    return Program(**{**values, **changes})


def test_how_a_figure_is_written_does_not_enter():
    once = records_hash(program())
    assert once == records_hash(program(area_shares={"B": 0.2, "A": 0.1}))
    assert once == records_hash(program(people=Range(1.0, 2.0, 3.0)))
    assert once == records_hash(program(posts=(Post("a", "A", 1, 1.0, 35.0, Decimal("19.50")),)))
    assert len(once) == 16


def test_every_figure_enters():
    seen = {records_hash(program())}
    post = program().posts[0]
    counts = [Count.of(0), Count.blank(), Count.below(5), Count.not_counted(), Count.no_row()]
    others = [
        program(people=Range(1, 2, 4)),
        program(posts=(dataclasses.replace(post, rate=Decimal("19.51")),)),
        program(posts=()),
        program(own_values={"x": Range(1, 2, 3)}),
        *(program(records=Records(services=(ServiceCount(Month(2022, 1), None, "visits", c),))) for c in counts),
    ]
    for other in others:
        assert records_hash(other) not in seen
        seen.add(records_hash(other))


def test_what_a_count_covers_enters_where_it_is_not_a_month():
    month = CommunityCount(Month(2022, 1), "A", "all", "deaths", Count.of(3), "2023-01-01", "x")
    hashes = {records_hash(program(records=Records(community=(row,)))) for row in (month, dataclasses.replace(month))}
    window = dataclasses.replace(month, over="12-months")
    assert len(hashes) == 1
    assert records_hash(program(records=Records(community=(window,)))) not in hashes
    assert hashes == {"ade16c42708b4a9d"}  # as it was before counts said what they cover
