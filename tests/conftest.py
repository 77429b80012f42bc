"""What every test shares: how long hypothesis searches, where caches go, and what a browser test does without one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "needs Debian's chromium:  sudo apt-get install chromium"

# "ci" draws the same cases each time, so that a red run is red for whoever looks; "slow" searches anew, and longer.
settings.register_profile(
    "ci", derandomize=True, database=None, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("slow", deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# Compiled code, logs and keys of tests stay beside the checkout's other leavings, never in somebody's home.
os.environ.setdefault("LONGVIEW_CACHE", str(ROOT / ".make" / "cache"))
os.environ.setdefault("LONGVIEW_DATA", str(ROOT / ".make" / "data"))


def browser() -> str | None:
    """Debian's chromium, or another that Playwright can drive."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A browser test is skipped where there is no browser, and says how to get one; on CI it fails."""
    if item.get_closest_marker("browser") and browser() is None:
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(NO_BROWSER, pytrace=False)
        pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the line to type once, at the end, where it is seen."""
    without = [skip for skip in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(skip.longrepr)]
    if without:
        terminalreporter.write_line(f"{len(without)} tests were left out. Each {NO_BROWSER}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser (for tests marked `browser`)."""
    found = browser()
    assert found is not None, "mark the test with pytest.mark.browser"
    return found
