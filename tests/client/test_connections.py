"""Connections and their keys: kept apart, changed whole, read by every process."""

import stat
import threading

import pytest
from pydantic import ValidationError

from studio.connections import HOUSE_BAND, Connection, Connections
from studio.disk import write_json
from studio.errors import ConnectionUnknown
from studio.settings import Settings

AURORA = Connection(name="aurora", kind="aimusicapi", url="https://api.example")


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path, environ={"FULL": "from-env", "EMPTY": ""})


@pytest.fixture
def book(settings):
    return Connections(settings)


def test_reading_writes_nothing(book, tmp_path):
    assert book.all() == (HOUSE_BAND,)
    assert list(tmp_path.iterdir()) == []


def test_a_connection_is_seen_by_everyone_at_once(book, settings):
    book.put(AURORA)
    assert Connections(settings).get("aurora") == AURORA


def test_a_connection_of_the_same_name_is_changed(book):
    book.put(AURORA)
    book.put(AURORA.model_copy(update={"poll_seconds": 3.0}))
    assert [one.poll_seconds for one in book.all()] == [None, 3.0]


def test_keys_are_kept_apart_and_for_their_owner_alone(book, settings):
    book.put(AURORA, secret="s3cret")
    assert "s3cret" not in settings.connections.read_text()
    assert "s3cret" not in repr(book.get("aurora")) + repr(settings)
    assert stat.S_IMODE(settings.keys.stat().st_mode) == 0o600


def test_a_change_without_a_key_keeps_the_key(book):
    book.put(AURORA, secret="s3cret")
    book.put(AURORA.model_copy(update={"poll_seconds": 3.0}))
    assert book.key_of(AURORA) == "s3cret"


@pytest.mark.parametrize(("variable", "key"), [("FULL", "from-env"), ("EMPTY", "s"), (None, "s")])
def test_the_environment_comes_before_what_is_kept(book, variable, key):
    connection = AURORA.model_copy(update={"key_env": variable})
    book.put(connection, secret="s")
    assert book.key_of(connection) == key


def test_forgetting_a_connection_forgets_its_key(book, settings):
    book.put(AURORA, secret="s3cret")
    book.forget("aurora")
    assert "s3cret" not in settings.keys.read_text()
    with pytest.raises(ConnectionUnknown, match="no connection called 'aurora'"):
        book.get("aurora")


def test_the_default_is_the_first_when_the_chosen_one_is_gone(book):
    book.put(AURORA)
    book.choose_default("aurora")
    assert book.default() == AURORA
    book.forget("aurora")
    assert book.default() == HOUSE_BAND


def test_only_what_is_there_can_be_chosen(book):
    with pytest.raises(ConnectionUnknown):
        book.choose_default("nobody")


def test_with_no_connection_left_one_is_told_what_to_do(book):
    book.forget("house band")
    with pytest.raises(ConnectionUnknown, match="Add one under Settings"):
        book.default()


def test_what_two_add_at_the_same_moment_is_all_there(book):
    names = [f"c{number}" for number in range(8)]
    adds = [
        threading.Thread(target=book.put, args=(AURORA.model_copy(update={"name": name}), name))
        for name in names
    ]
    for add in adds:
        add.start()
    for add in adds:
        add.join()
    assert {one.name for one in book.all()} == {"house band", *names}
    assert all(book.key_of(book.get(name)) == name for name in names)


def test_an_entry_of_a_newer_version_hides_nobody_else(book, settings):
    entries = [{"name": "new", "kind": "x", "colour": "red"}, AURORA.model_dump(mode="json")]
    write_json(settings.connections, {"default": "new", "connections": entries})
    assert book.all() == (AURORA,)


@pytest.mark.parametrize("url", ["", "api.example", "ftp://x", "http://", "http://[", "http://x:y"])
def test_an_address_that_is_none_is_told(url):
    with pytest.raises(ValidationError, match="is not an address"):
        Connection(name="x", kind="aimusicapi", url=url)


@pytest.mark.parametrize("told", ["", "  "])
def test_without_a_word_the_platform_says_where_the_data_is(told):
    assert Settings.from_environment({"STUDIO_DATA": told}).data.name == "woodshed"


def test_the_environment_says_where_the_data_is(tmp_path):
    settings = Settings.from_environment({"STUDIO_DATA": str(tmp_path)})
    assert settings.database == tmp_path / "studio.db"
