"""The provider and the emulated vendor meet over HTTP: each was written from the contract."""

import contextlib
from datetime import UTC, datetime

import pytest

from studio.providers.aimusicapi import AIMusicAPI
from studio.providers.base import Finished, Refused, Started
from studio.providers.materials import Material, Materials
from studio.providers.wire import Wire
from studio.songs import Ability, Attached, Part
from tests.contract.far_away import asked
from tests.contract.far_away import song as song_of
from tests.contract.sonic import SonicBand, hum, shelved, tail, uploaded
from tests.contract.sonic import song as made_song
from tests.emulator.desk import KEY

WORDS = {"style": "jazz", "lyrics": "[Verse]\nSnow"}
WINDOW = {"window": {"start": 0.2, "end": 0.9}}
ON = {"source": "song"}


@pytest.fixture
def counter(open_one):
    return open_one(musicians=SonicBand(), credits=1000)


def there(desk, clip, *, is_upload=False):
    return Material(
        song=song_of(length=1.0 if clip else 11.0),
        remote=clip,
        is_upload=is_upload,
        there_since=datetime.now(UTC),
        publish=lambda: shelved(desk, hum(11)),
    )


def given(desk, *materials, **more):
    return Materials(songs=materials, gathered_at=datetime.now(UTC), **more)


def done(desk, request, materials):
    """Send a request and look until it is over."""
    with contextlib.closing(Wire(f"{desk.url}/aimusicapi", KEY, who="practice")) as wire:
        provider = AIMusicAPI(wire)
        told = provider.start(request, materials)
        if isinstance(told, Started):
            remote = told.remote
            told = desk.until(
                lambda: provider.check(remote, request),
                lambda looked: isinstance(looked, Finished | Refused),
            )
    assert isinstance(told, Finished), told
    return told


def of_ours(desk):
    return given(desk, there(desk, made_song(desk)))


def of_upload(desk):
    return given(desk, there(desk, uploaded(desk), is_upload=True))


def of_link(desk):
    return given(desk, there(desk, None))


MAKING = {
    "create": (asked(ability=Ability.CREATE, **WORDS), lambda desk: Materials()),
    "describe": (asked(ability=Ability.CREATE, description="rain"), lambda desk: Materials()),
    "extend": (asked(ability=Ability.EXTEND, at=0.7, joined=False, **ON, **WORDS), of_ours),
    "extend own": (asked(ability=Ability.EXTEND, at=0.7, joined=False, **ON, **WORDS), of_upload),
    "upload and extend": (asked(ability=Ability.EXTEND, at=0.7, **ON, **WORDS), of_link),
    "cover": (asked(ability=Ability.COVER, audio_weight=0.6, **ON, **WORDS), of_ours),
    "cover own": (asked(ability=Ability.COVER, **ON, **WORDS), of_upload),
    "upload and cover": (asked(ability=Ability.COVER, **ON, **WORDS), of_link),
    "remaster": (asked(ability=Ability.REMASTER, variation="high", **ON), of_ours),
    "add vocals": (asked(ability=Ability.ADD_VOCALS, **ON, **WORDS), of_upload),
    "add instrumental": (asked(ability=Ability.ADD_INSTRUMENTAL, style="jazz", **ON), of_upload),
    "sample": (asked(ability=Ability.SAMPLE, **WINDOW, **ON, **WORDS), of_ours),
    "sample own": (
        asked(ability=Ability.SAMPLE, window={"start": 0.0, "end": 8.0}, **ON, **WORDS),
        of_link,
    ),
    "replace": (asked(ability=Ability.REPLACE, **WINDOW, **ON, **WORDS), of_ours),
    "replace alone": (
        asked(ability=Ability.REPLACE, joined=False, **WINDOW, **ON, **WORDS),
        of_ours,
    ),
    "mashup": (
        asked(ability=Ability.MASHUP, songs=("song", "other"), **WORDS),
        lambda desk: given(
            desk, there(desk, made_song(desk)), there(desk, uploaded(desk), is_upload=True)
        ),
    ),
}
JOINED = {"upload and extend", "replace"}


@pytest.mark.parametrize("name", MAKING)
def test_music_comes_home(counter, name):
    request, materials = MAKING[name]
    told = done(counter, request, materials(counter))
    parts = [take.part for take in told.takes]
    assert len(parts) == (4 if name in JOINED else 2)
    assert parts.count(Part.WHOLE) == (2 if name in JOINED else 0)
    assert all(take.finished and take.sound and take.remote for take in told.takes)


def test_a_tail_is_joined(counter):
    request = asked(ability=Ability.CONCAT, **ON)
    told = done(counter, request, given(counter, there(counter, tail(counter)["clip_id"])))
    assert [take.part for take in told.takes] == [Part.WHOLE]


FINDING = {
    Ability.STEMS: [Attached.STEM] * 2,
    Ability.VOX: [Attached.VOX],
    Ability.WAV: [Attached.WAV],
    Ability.DOWNLOAD: [Attached.FILE],
    Ability.MIDI: [Attached.MIDI],
    Ability.BPM: [Attached.BPM],
    Ability.TIMELINE: [Attached.TIMELINE],
}


@pytest.mark.parametrize("ability", FINDING)
def test_what_is_found_out_comes_home(counter, ability):
    told = done(counter, asked(ability=ability, **ON), of_ours(counter))
    assert [finding.kind for finding in told.findings] == FINDING[ability]
    assert all(finding.link or finding.facts or finding.remote for finding in told.findings)


def test_an_upload_has_an_id_there(counter):
    told = done(counter, asked(ability=Ability.UPLOAD, **ON), of_link(counter))
    assert [finding.kind for finding in told.findings] == [Attached.UPLOAD]
    assert told.findings[0].remote


@pytest.mark.parametrize("ability", [Ability.PERSONA, Ability.VOICE])
def test_a_voice_is_kept_and_sings(counter, ability):
    materials = of_link(counter) if ability is Ability.VOICE else of_ours(counter)
    persona = done(counter, asked(ability=ability, name="Anna", **ON), materials).persona
    sung = asked(ability=Ability.CREATE, persona="anna", **WORDS)
    assert len(done(counter, sung, given(counter, persona=persona)).takes) == 2
    assert counter.musicians.played[-1][0].persona.name == "Anna"


def test_words_and_tags_are_written(counter):
    lyrics = done(counter, asked(ability=Ability.LYRICS, description="rain"), Materials())
    assert [text.title for text in lyrics.texts] == ["One", "Two"]
    tags = done(counter, asked(ability=Ability.TAGS, style="folk"), Materials())
    assert tags.texts[0].text == "slow folk, warm guitar"
