"""The provider and the emulated sunoapi.org meet over HTTP: each was written from the contract."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from studio.providers.base import Finished, Refused
from studio.providers.materials import Material, Materials
from studio.providers.sunoapi import SunoAPI
from studio.songs import Ability, Attached
from tests.contract.far_away import asked, attachment
from tests.contract.far_away import song as song_of
from tests.contract.meeting import done, fetched, meeting, told
from tests.contract.sonic import hum
from tests.contract.sunoapi_calls import SECONDS, LongBand, credits_left, switch
from tests.emulator.desk import open_desk

EDITIONS = tuple(SunoAPI.editions)
WORDS = {"style": "jazz", "lyrics": "[Verse]\nSnow", "title": "Snow"}
FULL = WORDS | {"exclude": "metal"}
ON = {"source": "song"}
WINDOW = {"window": {"start": 2.0, "end": 13.0}}
OWN_SECONDS = 24.0


@pytest.fixture(scope="module")
def one(street, tmp_path_factory):
    """Open one counter for all who come to it."""
    folder = tmp_path_factory.mktemp("sunoapi")
    with open_desk(street, folder, musicians=LongBand(), credits=100_000) as desk:
        yield desk


@pytest.fixture
def usual(one):
    ways = one.http.get("/sunoapi/switches").json()["ways"]
    switch(one, **{name: way[0] for name, way in ways.items()} | {"limit": "off"})
    one.vendor = SunoAPI
    return one


@pytest.fixture(params=EDITIONS)
def desk(usual, request):
    usual.vendor = SunoAPI.edition(request.param)
    # Of the third edition, what came with the fourth is practised, too.
    switch(usual, edition="any" if request.param == "3" else request.param)
    return usual


def made(desk, folder, name="song"):
    """Return a song as it came home from there."""
    request = asked(ability=Ability.CREATE, **FULL)
    take = done(desk, desk.vendor, request).takes[0]
    kept = song_of(id=name, length=SECONDS, request=request, kind=desk.vendor.kind)
    home = own(desk, folder, name)
    return replace(home, song=kept, remote=take.remote, there_since=datetime.now(UTC))


def own(desk, folder, name="song"):
    """Return a song that a person has."""
    file = folder / f"{name}.wav"
    file.write_bytes(hum(OWN_SECONDS))
    return Material(song=song_of(id=name, length=OWN_SECONDS), file=file)


def gathered(desk, request, *songs, **more):
    """Return what a request works with, once all is done that has to be done first."""
    materials = Materials(songs=songs, gathered_at=datetime.now(UTC), **more)
    for first in desk.vendor.before(request, materials):
        (material,) = (each for each in songs if each.song.id == first.source)
        brought = done(desk, desk.vendor, first, replace(materials, songs=(material,)))
        there = tuple(
            attachment(found.kind, remote=found.remote, link=found.link, facts=found.facts)
            for found in brought.findings
        )
        changed = replace(material, attachments=(*material.attachments, *there))
        songs = tuple(changed if each is material else each for each in songs)
    return replace(materials, songs=songs)


MUSIC = {
    "create": (asked(ability=Ability.CREATE, **FULL), ()),
    "describe": (asked(ability=Ability.CREATE, description="a song about rain"), ()),
    "instrumental": (
        asked(ability=Ability.CREATE, style="jazz", title="Snow", instrumental=True),
        (),
    ),
    "extend": (asked(ability=Ability.EXTEND, at=12.0, **ON, **FULL), (made,)),
    "extend own": (asked(ability=Ability.EXTEND, at=12.0, **ON, **FULL), (own,)),
    "cover": (asked(ability=Ability.COVER, audio_weight=0.6, **ON, **FULL), (made,)),
    "cover own": (asked(ability=Ability.COVER, **ON, **FULL), (own,)),
    "add vocals": (asked(ability=Ability.ADD_VOCALS, **ON, **FULL), (own,)),
    "add instrumental": (
        asked(ability=Ability.ADD_INSTRUMENTAL, style="jazz", title="S", exclude="metal", **ON),
        (own,),
    ),
    "replace": (asked(ability=Ability.REPLACE, **WINDOW, **ON, **FULL), (made,)),
    "mashup": (asked(ability=Ability.MASHUP, songs=("song", "other"), **FULL), (made, own)),
    "sounds": (asked(ability=Ability.SOUNDS, description="rain on a roof", loop=True), ()),
}
NAMES = ("song", "other")


def sources(desk, folder, kinds):
    return [kind(desk, folder, name) for kind, name in zip(kinds, NAMES, strict=False)]


@pytest.mark.parametrize("name", MUSIC)
def test_music_comes_home_in_every_edition(desk, tmp_path, name):
    request, kinds = MUSIC[name]
    materials = gathered(desk, request, *sources(desk, tmp_path, kinds))
    answer = done(desk, desk.vendor, request, materials)
    assert len(answer.takes) == 2
    assert all(take.finished and take.sound and take.remote for take in answer.takes)


FOUND = {
    "stems": (asked(ability=Ability.STEMS, **ON), {Attached.STEM: 2}),
    "all stems": (asked(ability=Ability.STEMS, detail="full", **ON), {Attached.STEM: 2}),
    "one stem": (
        asked(ability=Ability.STEMS, detail="one", instrument="Lead Vocal", **ON),
        {Attached.STEM: 2},
    ),
    "wav": (asked(ability=Ability.WAV, **ON), {Attached.WAV: 1}),
    "timeline": (asked(ability=Ability.TIMELINE, **ON), {Attached.TIMELINE: 1}),
    "video": (
        asked(ability=Ability.VIDEO, author="Anna", site="example.com", **ON),
        {Attached.VIDEO: 1},
    ),
    "cover image": (asked(ability=Ability.COVER_IMAGE, **ON), {Attached.COVER: 2}),
    "recover": (asked(ability=Ability.RECOVER, **ON), {Attached.FILE: 1}),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_is_made_of_a_song_comes_home(usual, tmp_path, name):
    request, counts = FOUND[name]
    usual.vendor = SunoAPI.edition("5")
    materials = gathered(usual, request, made(usual, tmp_path))
    found = done(usual, usual.vendor, request, materials).findings
    kinds = [each.kind for each in found if each.link or each.facts]
    assert {kind: kinds.count(kind) for kind in counts} == counts
    for each in found:
        if each.link:
            assert fetched(usual, usual.vendor, each.link, tmp_path / "file")


def test_notes_are_taken_of_stems(usual, tmp_path):
    song = made(usual, tmp_path)
    request = asked(ability=Ability.MIDI, **ON)
    materials = gathered(usual, request, song)
    (found,) = done(usual, usual.vendor, request, materials).findings
    assert found.kind is Attached.MIDI


def test_words_and_styles_are_written(usual):
    lyrics = done(usual, usual.vendor, asked(ability=Ability.LYRICS, description="rain"))
    assert [text.text for text in lyrics.texts] == ["[Verse]\nOne", "[Verse]\nTwo"]
    tags = done(usual, usual.vendor, asked(ability=Ability.TAGS, style="folk"))
    assert tags.texts[0].text == "slow folk, warm guitar"


def test_a_persona_sings(usual, tmp_path):
    song = made(usual, tmp_path)
    request = asked(ability=Ability.PERSONA, name="Anna", description="low", style="folk", **ON)
    persona = done(usual, usual.vendor, request, gathered(usual, request, song)).persona
    sung = asked(ability=Ability.CREATE, persona="p", **FULL)
    done(usual, usual.vendor, sung, Materials(persona=persona))
    assert usual.musicians.played[-1][0].persona.name == "Anna"


@pytest.mark.parametrize("edition", ["4", "5"])
def test_a_voice_is_made_after_a_phrase_was_said(usual, tmp_path, edition):
    usual.vendor = SunoAPI.edition(edition)
    request = asked(ability=Ability.PHRASE, language="de", **ON, window={"start": 0, "end": 12})
    recording = own(usual, tmp_path)
    materials = gathered(usual, request, recording)
    with meeting(usual, usual.vendor) as provider:
        remote = provider.start(request, materials).remote
        said = usual.until(
            lambda: provider.check(remote, request), lambda looked: isinstance(looked, Finished)
        )
    assert said.texts[0].text
    make = asked(ability=Ability.VOICE, name="Anna", skill="beginner", phrase="job", **ON)
    materials = gathered(usual, make, recording, phrase=remote)
    assert done(usual, usual.vendor, make, materials).persona


def test_a_refusal_of_words_is_said_in_the_vendors(usual):
    request = asked(ability=Ability.CREATE, **FULL | {"lyrics": "[copyright: Yesterday]"})
    before = credits_left(usual)
    answer = told(usual, usual.vendor, request)
    assert isinstance(answer, Refused)
    assert "Yesterday" in answer.reason
    assert credits_left(usual) == before


@pytest.mark.parametrize(
    "ways",
    [
        {"stages": "last"},
        {"members": "documented", "dates": "documented"},
        {"ending": "callback exception"},
        {"family": "B"},
        {"statuses": "real"},
    ],
    ids=str,
)
def test_whatever_the_servers_are_like_a_song_comes_home(usual, ways):
    switch(usual, **ways)
    answer = done(usual, usual.vendor, asked(ability=Ability.CREATE, **FULL))
    assert [take.finished for take in answer.takes] == [True, True]


def test_one_bad_take_leaves_the_other(usual):
    usual.fault("sunoapi", "generate", "partial")
    answer = done(usual, usual.vendor, asked(ability=Ability.CREATE, **FULL))
    assert [take.finished for take in answer.takes if take.sound] == [True]


def test_the_balance_is_told_with_its_parts(usual):
    with meeting(usual, usual.vendor) as provider:
        before = provider.balance().amount
        done(usual, usual.vendor, asked(ability=Ability.LYRICS, description="rain"))
        assert round(before - provider.balance().amount, 2) == 0.4
