"""Commands that compute, on the example and quickly: what they write, what they print, and for machines."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

import longview as package
from longview.verbs.demo import copy_example

QUICK = ("--years", 1, "--futures", 20)


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("results") / "program"
    copy_example(folder)
    return folder


def read(text: str) -> dict:
    """One strict JSON object that says where it comes from."""
    found = json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    assert found["schema"] == 1
    assert found["version"] == package.__version__
    return found


def test_an_outlook_says_the_same_to_people_files_and_machines(longview, program, tmp_path):
    files = {kind: tmp_path / "new" / f"outlook.{kind}" for kind in ("html", "csv", "parquet")}
    options = [part for kind, file in files.items() for part in (f"--{kind}", file)]
    said = longview("outlook", program, *QUICK, *options)
    assert said.code == 0, said.err
    assert said.err == ""
    assert "likely" in said.out
    assert all(str(file) in said.out for file in files.values())
    frame = pl.read_parquet(files["parquet"])
    assert pl.read_csv(files["csv"], infer_schema_length=None).height == frame.height
    assert files["html"].read_text(encoding="utf-8").startswith("<!doctype html>")
    found = read(longview("outlook", program, *QUICK, "--json").out)
    assert found["program"] == "rhode-island"
    deaths = frame.filter(pl.col("series") == "deaths")["middle"].to_list()
    assert found["series"]["deaths"]["middle"] == pytest.approx(deaths)


def test_the_same_seed_is_the_same_answer_and_another_is_not(longview, program):
    one, two = (longview("outlook", program, *QUICK, "--json").out for _ in range(2))
    assert one == two
    assert longview("outlook", program, *QUICK, "--seed", 7, "--json").out != one


def test_a_comparison_tells_machines_which_options(longview, program):
    said = longview("compare", program, "roof", "more-kits", *QUICK, "--json")
    assert said.code == 0, said.err
    found = read(said.out)
    chosen = [{choice["option"] for choice in row["choices"]} for row in found["portfolios"]]
    assert chosen == [set(), {"roof"}, {"more-kits"}], "keeping the money is always among them, first"
    assert len(found["records_hash"]) == len(found["evidence_hash"]) == 16


def test_an_outbreak_is_a_what_if_to_people_and_machines(longview, program, tmp_path):
    said = longview("outbreak", program, "--futures", 20, "--out", tmp_path / "out")
    assert said.code == 0, said.err
    page = tmp_path / "out" / "outbreak.html"
    assert str(page) in said.out
    assert "This is a what-if" in said.out
    assert "This is a what-if" in page.read_text(encoding="utf-8")
    found = read(longview("outbreak", program, "--futures", 20, "--out", tmp_path / "out", "--json").out)
    assert found["what_if"] is True
    sizes = {case: row["mean"] for case, row in found["cases"].items()}
    assert sizes["sooner"] <= sizes["today"] <= sizes["no-syringes"]
    assert (len(found["records_hash"]), found["futures"]) == (16, 20)


def test_plain_letters_are_plain(longview, program):
    said = longview("compare", program, "roof", *QUICK, "--ascii")
    assert said.code == 0, said.err
    assert said.out.isascii()


def test_nothing_is_coloured_off_a_terminal(longview, program):
    assert "\x1b" not in longview("outlook", program, *QUICK).out


@pytest.mark.slow
def test_a_plan_ends_with_a_paragraph_and_the_paths_of_what_it_wrote(longview, program, tmp_path):
    said = longview("plan", program, *QUICK, "--out", tmp_path / "out", "--for", "public")
    assert said.code == 0, said.err
    report = Path(said.out.split("The report:")[1].splitlines()[0].strip())
    assert report.is_file()
    assert report.is_relative_to(tmp_path / "out")
    assert not (tmp_path / "out" / "plan.toml").exists(), "the plan names roles, funds and places"
    found = read(longview("plan", program, *QUICK, "--out", tmp_path / "out", "--json").out)
    assert found["method"] in ("enumerated", "searched")
    assert not (program / "out").exists()
    assert not (program / "plan.toml").exists()


@pytest.mark.slow
def test_a_second_demo_keeps_what_somebody_changed(longview, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert longview("demo").code == 0
    facts = tmp_path / "longview-demo" / "program.toml"
    changed = facts.read_text(encoding="utf-8").replace("Seekonk River", "Elsewhere")
    facts.write_text(changed, encoding="utf-8")
    said = longview("demo")
    assert said.code == 0, said.err
    assert facts.read_text(encoding="utf-8") == changed
    assert "Elsewhere" in (tmp_path / "longview-demo" / "out" / "report.html").read_text(encoding="utf-8")
