"""Makes README's picture from the example's own report: `docs/pictures/plan.png`. Needs Debian's chromium.

python tools/picture.py REPORT.html
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WIDTH, HEIGHT = 1100, 1320


def take(report: Path, picture: Path) -> None:
    """The report's first screen, as a browser shows it, at twice the points for sharp print."""
    from playwright.sync_api import sync_playwright

    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("This needs Debian's chromium:  sudo apt-get install chromium")
    picture.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = opened.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5)
        page.goto(report.resolve().as_uri())
        page.screenshot(path=picture)
        opened.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), ROOT / "docs" / "pictures" / "plan.png")
