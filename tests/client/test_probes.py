"""Probes: what a server can do is asked of that server, kept, and never waited for."""

import threading
from datetime import timedelta

import pytest

from studio.client import Connection
from studio.errors import ConnectionUnknown, RequestUnfit
from studio.jobs.model import State
from studio.probes import GOOD_FOR, PATIENCE, Probes
from studio.providers import PROVIDERS
from studio.songs import Ability, CreateSong, WriteLyrics
from tests.client.borealis import LARGE, SMALL, Borealis

POP = CreateSong(style="pop")
HOME = Connection(name="attic", kind="borealis", url="http://127.0.0.1:9")


@pytest.fixture(autouse=True)
def borealis(monkeypatch):
    monkeypatch.setitem(PROVIDERS, "borealis", Borealis)
    monkeypatch.setattr(Borealis, "there", [])
    monkeypatch.setattr(Borealis, "asked", [])


@pytest.fixture
def attic(rehearsal):
    """A server that was connected while it was off; whoever asks beside has come back."""
    rehearsal.studio.connect(HOME)
    come_back(rehearsal)
    return rehearsal


def come_back(rehearsal) -> None:
    for thread in rehearsal.room.probes._asking.values():
        thread.join(5)


def test_nothing_is_promised_of_a_server_that_was_never_reached(attic):
    offer = attic.studio.offer("attic")
    assert (offer.abilities, offer.is_reached) == (frozenset(), False)
    with pytest.raises(RequestUnfit, match=r"attic has not been reached yet .* Start it"):
        attic.studio.check(POP, "attic")


def test_a_server_is_asked_when_it_is_connected(rehearsal):
    Borealis.there.append(SMALL)
    rehearsal.studio.connect(HOME)
    come_back(rehearsal)
    offer = rehearsal.studio.offer("attic")
    assert (offer.abilities, offer.models, offer.plain) == (
        SMALL.abilities,
        SMALL.models,
        SMALL.plain,
    )
    assert (offer.note, offer.is_reached) == (SMALL.note, True)


def test_what_it_cannot_do_is_refused_and_what_it_can_is_measured_by_its_own_limits(attic):
    Borealis.there.append(SMALL)
    assert attic.studio.test("attic").ok
    with pytest.raises(RequestUnfit, match="Borealis cannot write lyrics"):
        attic.studio.check(WriteLyrics(description="rain"), "attic")
    with pytest.raises(RequestUnfit, match="at most 50 characters of style"):
        attic.studio.check(CreateSong(style="x" * 51), "attic")


def test_a_test_says_whether_it_was_reached_and_what_is_to_be_known(attic):
    told = attic.studio.test("attic")
    assert (told.ok, told.sentence) == (
        False,
        "Borealis cannot be reached. Until it answers, nobody knows what it can do.",
    )
    Borealis.there.append(SMALL)
    told = attic.studio.test("attic")
    assert told.ok
    assert told.sentence.endswith(SMALL.note)


def test_what_was_known_stays_known_while_a_server_is_off_and_that_is_said(attic):
    Borealis.there.append(SMALL)
    attic.studio.test("attic")
    Borealis.there.clear()
    assert "What it can do is as it was on" in attic.studio.test("attic").sentence
    offer = attic.studio.offer("attic")
    assert offer.abilities == SMALL.abilities
    assert offer.note.startswith("Borealis cannot be reached. What it can do is as it was on")


def test_it_is_known_after_a_restart(attic):
    Borealis.there.append(SMALL)
    attic.studio.test("attic")
    attic.studio.close()
    attic.open()
    assert attic.studio.offer("attic").models == SMALL.models


@pytest.mark.parametrize(("there", "pause"), [([SMALL], GOOD_FOR), ([], PATIENCE)])
def test_it_is_asked_again_now_and_then_by_whoever_looks(attic, there, pause):
    Borealis.there.extend(there)
    attic.studio.test("attic")
    Borealis.asked.clear()
    Borealis.there.append(LARGE)
    attic.clock.time += pause - timedelta(seconds=1)
    attic.studio.offers()
    come_back(attic)
    assert Borealis.asked == []
    attic.clock.time += timedelta(seconds=1)
    attic.studio.offers()
    come_back(attic)
    assert Ability.COVER in attic.studio.offer("attic").abilities


def test_who_looks_does_not_wait(attic, monkeypatch):
    held = threading.Event()

    def probe(self):
        held.wait(5)
        return SMALL

    monkeypatch.setattr(Borealis, "probe", probe)
    attic.clock.time += PATIENCE
    assert attic.studio.offer("attic").is_reached is False
    held.set()
    come_back(attic)
    assert attic.studio.offer("attic").is_reached


def test_who_is_asking_when_the_studio_closes_is_no_trouble(attic, monkeypatch):
    def hung_up(self):
        raise RuntimeError("Cannot send a request, as the client has been closed.")

    monkeypatch.setattr(Borealis, "probe", hung_up)
    probes = attic.room.probes
    probes._closed = True
    probes._ask_quietly(HOME)
    probes._closed = False
    with pytest.raises(RuntimeError):
        probes._ask_quietly(HOME)


def test_another_address_is_another_server(attic):
    Borealis.there.append(SMALL)
    attic.studio.test("attic")
    Borealis.there.clear()
    attic.studio.connect(HOME.model_copy(update={"url": "http://127.0.0.1:10"}))
    come_back(attic)
    assert attic.studio.offer("attic").is_reached is False


def test_takes_are_counted_as_the_server_says(attic):
    Borealis.there.append(SMALL)
    attic.studio.test("attic")
    assert attic.studio.offer("attic").takes(POP) == 3


def test_nobody_else_is_asked(attic):
    attic.studio.test("house band")
    Borealis.asked.clear()
    attic.studio.offers()
    assert attic.studio.find_out("house band") is False


def test_another_edition_is_spoken_and_asked_anew_and_nothing_is_lost(attic):
    Borealis.there.append(SMALL)
    attic.studio.test("attic")
    job = attic.studio.submit(POP, to="attic")
    Borealis.asked.clear()
    attic.studio.connect(HOME.model_copy(update={"edition": "1"}))
    come_back(attic)
    assert (Borealis.asked, attic.studio.offer("attic").title) == (["probe 1"], "Borealis I")
    assert attic.studio.jobs(states={State.QUEUED}) == [job]
    assert attic.room.desk(job).provider.spoken == "1"


def test_an_edition_that_nobody_knows_is_told_with_those_there_are(studio):
    with pytest.raises(ConnectionUnknown, match=r"edition '3' of Borealis.*It knows: 2, 1\."):
        studio.connect(HOME.model_copy(update={"edition": "3"}))
    assert "attic" not in {one.name for one in studio.connections()}


def test_what_another_process_found_is_seen_at_once(attic):
    Borealis.there.append(SMALL)
    other = Probes(attic.settings.probes, attic.room.provider, attic.clock)
    assert not attic.studio.offer("attic").is_reached
    other.ask(HOME)
    assert attic.studio.offer("attic").is_reached


def test_an_entry_of_another_version_is_found_out_anew(attic):
    Borealis.there.append(SMALL)
    attic.settings.probes.write_text('{"attic": {"colour": "red"}}')
    assert not attic.studio.offer("attic").is_reached
    come_back(attic)
    assert attic.studio.offer("attic").is_reached
