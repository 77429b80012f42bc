"""mappings.toml gives back what was remembered, keeps what a person wrote, and tells nonsense by its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.importers.dates import ORDERS
from longview.gather.importers.mapping import Mapping
from longview.gather.importers.remembered import FILE, remember, remembered, said_of
from longview.gather.places import companion
from longview.program import measures

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), min_size=1, max_size=12)
ROLES = st.sampled_from(["month", "site", "value", "not read", "total", "own: hats", "visits @ van", *measures()])


def pairs(means):
    return st.dictionaries(WORDS, means, max_size=4).map(lambda found: tuple(found.items()))


MAPPINGS = st.builds(
    Mapping,
    to=st.just("services"),
    columns=pairs(ROLES),
    across=st.booleans(),
    dates=st.sampled_from(["", *ORDERS]),
    rows=st.sampled_from(["", "sum"]),
    names=pairs(st.sampled_from(["not read", "own: hats", *measures()])),
    sites=pairs(st.sampled_from(["van", "whole program"])),
    funds=pairs(st.just("city")),
    given=pairs(WORDS),
    name=st.from_regex(r"[a-z0-9]{1,8}(-[a-z]{1,5})?", fullmatch=True).filter(lambda n: n not in ("sites", "funds")),
)


@given(mapping=MAPPINGS)
def test_what_is_remembered_comes_back(tmp_path_factory, mapping):
    folder = tmp_path_factory.mktemp("companion")
    remember(mapping, folder)
    found, problems = remembered(folder)
    assert problems == []
    assert found == [mapping]
    before = (folder / FILE).read_bytes()
    remember(mapping, folder)
    assert (folder / FILE).read_bytes() == before


VISITS = Mapping("services", (("Month", "month"), ("Visits", "visits"), ("Hats", "not read")), name="visits")


def test_what_a_person_wrote_stays(tmp_path):
    remember(VISITS, tmp_path)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    text = (
        text.replace('Visits = "visits"', 'Visits = "visits"   # asked Tomás')
        + '\n# our funds\n[funds]\n"Gala" = "own"\n'
    )
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    remember(VISITS.with_(dates="mdy"), tmp_path)
    remember(Mapping("money", (("Date", "month"),), name="bank"), tmp_path)
    now = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "# asked Tomás" in now
    assert "# our funds" in now
    found, problems = remembered(tmp_path)
    assert problems == []
    assert {mapping.name: mapping.dates for mapping in found} == {"visits": "mdy", "bank": ""}
    assert said_of(tmp_path, "funds") == {"Gala": "own"}
    assert all(mapping.funds == (("Gala", "own"),) for mapping in found)


def test_it_stands_beside_a_workbook(tmp_path):
    folder = companion(tmp_path / "harbor.xlsx")
    remember(VISITS, folder)
    assert (tmp_path / "harbor.longview" / FILE).is_file()


def test_no_file_is_no_mapping(tmp_path):
    assert remembered(tmp_path) == ([], [])
    assert said_of(tmp_path, "funds") == {}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[visits]\nto = "visits"\n', 2, "services, community, workforce, money"),
        ('[visits]\nto = "services"\ndates = "american"\n', 3, "mdy"),
        ('[visits]\nto = "services"\n[visits.columns]\nHats = "hatz"\n', 4, "own: hatz"),
        ('[visits]\nto = "workforce"\n[visits.columns]\nHats = "hats"\n', 4, "hires"),
        ('[visits]\nto = "services"\n[visits.columns]\nHats = 3\n', 4, "quotation marks"),
        ('[visits]\nto = "services"\nmonhts = "across"\n', 3, "months"),
        ('[a]\nto = "services"\n\n[a.columns]\n"Hats: all" = "visits"\n"Scarves" = "scarves"\n', 6, "own: scarves"),
        ('[ledger]\nto = "money"\n[ledger.kinds]\nRent = "cost"\n', 4, "expense"),
        ('visits = "services"\n', 1, "no table"),
        ('funds = "city"\n', 1, "no table"),
    ],
)  # fmt: skip
def test_nonsense_is_told_by_line(tmp_path, text, line, says):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    found, [problem] = remembered(tmp_path)
    assert found == []
    assert (problem.file, problem.row, problem.severity) == (FILE, line, "problem")
    assert says in problem.expected


def test_a_file_that_is_no_toml_is_told_and_left_alone(tmp_path):
    (tmp_path / FILE).write_text("[visits\n", encoding="utf-8")
    found, [problem] = remembered(tmp_path)
    assert (found, problem.code, problem.row) == ([], "not-toml", 1)
    with pytest.raises(ValueError, match="TOML"):
        remember(VISITS, tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == "[visits\n"


@given(text=st.text(max_size=80))
def test_no_text_stops_it(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("companion")
    (folder / FILE).write_bytes(text.encode("utf-8", "surrogatepass"))
    found, problems = remembered(folder)
    assert found == [] or not problems
