"""What is written down about how sure the counters are is what they say of themselves."""

from pathlib import Path
from typing import get_args

import pytest

from studio.emulator.faults import Kind
from studio.emulator.fidelity import open_dialects, table
from studio.emulator.server import DIALECTS

ROOT = Path(__file__).parents[2]
README = ROOT / "studio" / "emulator" / "README.md"
VENDORS = ROOT / "docs" / "vendors.md"
SURE = {"documented", "recorded", "guessed", "not emulated", "ours"}


VENDORS_HERE = ["aimusicapi", "sunoapi", "gateway", "acestep"]


def told(desk, dialect):
    return desk.anyone.get(f"/{dialect}/fidelity").json()["operations"]


@pytest.mark.parametrize("dialect", VENDORS_HERE)
def test_the_readme_has_the_table_that_the_counters_tell(desk, dialect):
    assert table(told(desk, dialect)) in README.read_text("utf-8")


@pytest.mark.parametrize("dialect", VENDORS_HERE)
def test_the_page_of_vendors_has_the_same_table(desk, dialect):
    assert table(told(desk, dialect)) in VENDORS.read_text("utf-8")


def test_a_dialect_that_is_opened_for_its_table_tells_the_same(desk, tmp_path):
    opened = {dialect.name: dialect.fidelity() for dialect in open_dialects(tmp_path / "empty")}
    assert len(opened) == len(DIALECTS)
    assert opened == {name: told(desk, name) for name in opened}


@pytest.mark.parametrize("dialect", ["band", *VENDORS_HERE])
def test_every_operation_says_how_sure_it_is(desk, dialect):
    rows = told(desk, dialect)
    assert {row["fidelity"] for row in rows} <= SURE
    assert len({row["operation"] for row in rows}) == len(rows)
    assert len({(row["method"], row["path"]) for row in rows}) == len(rows)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_the_readme_names_every_kind_of_fault(kind):
    assert f"`{kind}`" in README.read_text("utf-8")
