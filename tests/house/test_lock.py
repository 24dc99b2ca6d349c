"""The lock file pins everything, by hash, and sends nobody to a particular address."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PINNED = dict(re.findall(r"(?m)^([a-z0-9-]+)==([^ \\;]+)", LOCK))


def test_lock_names_no_address():
    assert "://" not in LOCK


def test_every_pinned_package_has_a_hash():
    entries = re.split(r"(?m)^(?=[a-z0-9-]+==)", LOCK)[1:]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_lock_satisfies_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    unmet = [
        wish
        for wish in wanted
        if PINNED.get(canonicalize_name(Requirement(wish).name), "")
        not in Requirement(wish).specifier
    ]
    assert unmet == [], "Run make lock."
