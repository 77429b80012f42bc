"""Writes docs/validation.md (the published studies that come with Longview, run again) and docs/validation-form.md.

python tools/validation.py           both (minutes)
python tools/validation.py --form    the form alone
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

HEAD = """# Published results, run again

Made by `make validation`: every study that comes with Longview, its inputs set to the study's own where they are known, our figures
beside what was published. Nothing is tuned to a study beyond the inputs that its file states; each file
(`src/longview/validation/studies/`) says which of them are the study's and which are ours. A figure is inside where our interval
(nine futures in ten) holds what was published, and our middle future lies in the tolerance that was set beforehand. Write your own:
[the form of a study](validation-form.md); `longview validate my-study.toml` runs it.
"""


def written() -> str:
    """The page, from a run of all studies."""
    from longview.validation import page
    from longview.verbs.validate import validate

    report = validate(progress=lambda words, share: print(f"{share:4.0%} {words}", flush=True))
    if report.problems:
        raise SystemExit("\n".join(report.problems))
    rests = f"Evidence {report.evidence_hash}, version {report.version}."
    return "\n".join([HEAD, rests, "", page(report.studies).rstrip()]) + "\n"


def main(arguments: list[str]) -> None:
    """Write the pages."""
    from validation_form import form_page

    pages = {"validation-form.md": form_page}
    if "--form" not in arguments:
        pages["validation.md"] = written
    for name, made in pages.items():
        path = ROOT / "docs" / name
        path.write_text(made(), encoding="utf-8")
        print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
