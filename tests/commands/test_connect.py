"""Connections from the command line."""

import json
import stat

import pytest

EMULATOR = ("--kind", "aimusicapi", "--url", "http://127.0.0.1:9/aimusicapi")


def listed(run):
    return {one["name"]: one for one in json.loads(run("connections", "--json").stdout)}


def test_the_house_band_is_there_from_the_first_and_is_the_default(run):
    assert listed(run) == {
        "house band": {
            "name": "house band",
            "kind": "house_band",
            "url": None,
            "edition": None,
            "key_env": None,
            "poll_seconds": None,
            "budget": None,
            "default": True,
        }
    }


def test_a_connection_is_added_with_its_key_from_the_environment(run, data):
    told = run("connect", "vendor", *EMULATOR, "--key-env", "MY_KEY", MY_KEY="secret-1")
    assert told.exit_code == 0, told.stderr
    assert listed(run)["vendor"]["url"] == "http://127.0.0.1:9/aimusicapi"
    assert "secret-1" in (data / "keys.json").read_text()


def test_keys_are_told_to_nobody(run, data):
    run("connect", "vendor", *EMULATOR, "--key-env", "MY_KEY", MY_KEY="secret-1")
    told = run("connections").output + run("connections", "--json").output
    assert "secret-1" not in told + (data / "connections.json").read_text()
    assert stat.S_IMODE((data / "keys.json").stat().st_mode) == 0o600


def test_a_change_keeps_what_is_not_named(run):
    run("connect", "vendor", *EMULATOR, "--key-env", "MY_KEY", MY_KEY="secret-1")
    told = run("connect", "vendor", "--kind", "aimusicapi", "--poll-seconds", "0.5")
    assert told.exit_code == 0, told.stderr
    vendor = listed(run)["vendor"]
    assert (vendor["url"], vendor["poll_seconds"]) == (EMULATOR[-1], 0.5)
    assert vendor["key_env"] == "MY_KEY"


def test_a_vendor_is_looked_for_at_home_where_no_address_is_named(run):
    run("connect", "vendor", "--kind", "aimusicapi", "--key-env", "MY_KEY", MY_KEY="k")
    assert listed(run)["vendor"]["url"].startswith("https://")


def test_a_variable_that_is_not_set_changes_nothing(run):
    told = run("connect", "vendor", *EMULATOR, "--key-env", "MY_KEY", MY_KEY="")
    assert told.exit_code == 2
    assert "MY_KEY is not set" in told.stderr
    assert "vendor" not in listed(run)


@pytest.mark.parametrize("option", ["--key", "--secret", "--token"])
def test_a_key_is_never_an_argument(run, option):
    assert run("connect", "vendor", *EMULATOR, option, "secret-1").exit_code == 2


def test_people_see_the_default_marked(run):
    assert run("connections").stdout.splitlines()[1].startswith("* house band  house_band")
