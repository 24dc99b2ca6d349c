"""What holds for every test: no haste for hypothesis, and browser tests that may not be missed."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# The machine may be busy with other work: a slow example is not a wrong one.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

BROWSER_REQUIRED = bool(os.environ.get("STUDIO_REQUIRE_BROWSER"))
"""Set where a Chromium must be there: then a browser test that is skipped has failed."""

SEEN: set[str] = set()
"""The kinds of tests that were seen and must be."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a browser test into a failure where a browser is required."""
    report = yield
    if BROWSER_REQUIRED and report.skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"This browser test must run here, and was skipped: {report.longrepr}"
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember that a browser test was there."""
    SEEN.update({"browser"} & set(report.keywords))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Refuse to call a whole run good that had no browser test in it."""
    config = session.config
    whole = config.args == config.getini("testpaths") and not config.option.keyword
    is_worker = hasattr(config, "workerinput")
    if BROWSER_REQUIRED and whole and not is_worker and not SEEN:
        print("\nNo browser test was found, and STUDIO_REQUIRE_BROWSER asks for some.")  # noqa: T201 - to whoever runs it
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
