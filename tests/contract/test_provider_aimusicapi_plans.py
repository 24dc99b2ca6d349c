"""What a request takes at the AI Music API, known before it costs anything."""

from datetime import timedelta

import pytest

from studio.connections import Connection
from studio.errors import RequestUnfit
from studio.fitting import check_fit
from studio.offer import offer_of
from studio.providers.aimusicapi import AIMusicAPI
from studio.songs import Attached, Concat, Part, UploadSound
from tests.contract.far_away import NOW, asked, attachment, material, materials, song

WORDS = {"style": "pop", "lyrics": "New words"}
WINDOW = {"window": {"start": 10, "end": 25}}
WISHES = {
    "replace": WORDS | WINDOW,
    "sample": WORDS | WINDOW,
    "persona": {"name": "Warm"},
    "voice": {"name": "Warm"},
}
SONIC = UploadSound(source="song", model="sonic-v5")
THERE_ALREADY = ["extend", "cover", "sample", "voice", "upload"]
BROUGHT_FIRST = [
    "replace",
    "add vocals",
    "add instrumental",
    "remaster",
    "stems",
    "vox",
    "wav",
    "download",
    "midi",
    "bpm",
    "timeline",
    "persona",
]


def on_song(ability: str, **more: object):
    return asked(ability=ability, source="song", **WISHES.get(ability, {}), **more)


@pytest.mark.parametrize("ability", BROUGHT_FIRST)
def test_a_song_that_is_not_there_is_uploaded_first(ability):
    request = on_song(ability)
    assert AIMusicAPI.before(request, materials(material())) == (SONIC,)
    assert AIMusicAPI.before(request, materials(material("nuro/n-1"))) == (SONIC,)


@pytest.mark.parametrize("ability", BROUGHT_FIRST)
def test_a_fresh_upload_is_enough(ability):
    there = material("clip-1", is_upload=True, since=NOW - timedelta(hours=1))
    assert AIMusicAPI.before(on_song(ability), materials(there)) == ()


@pytest.mark.parametrize("ability", THERE_ALREADY)
def test_what_is_fetched_on_the_way_needs_no_upload(ability):
    assert AIMusicAPI.before(on_song(ability), materials(material())) == ()


@pytest.mark.parametrize("ability", ["add vocals", "add instrumental"])
def test_what_was_made_there_is_uploaded_where_only_uploads_are_taken(ability):
    request = on_song(ability)
    assert AIMusicAPI.before(request, materials(material("clip-1"))) == (SONIC,)
    upload = attachment(Attached.UPLOAD, remote="up-1")
    there = material("clip-1", attachments=(upload,))
    assert AIMusicAPI.before(request, materials(there)) == ()


@pytest.mark.parametrize(("hours", "steps"), [(23, ()), (25, (SONIC,))])
def test_an_upload_is_done_again_after_a_day_where_the_vendor_insists(hours, steps):
    old = material("clip-1", is_upload=True, since=NOW - timedelta(hours=hours))
    assert AIMusicAPI.before(on_song("add vocals"), materials(old)) == steps


def test_each_song_of_a_mashup_is_brought_if_it_is_not_there():
    request = asked(ability="mashup", songs=["song", "other"], **WORDS)
    both = materials(material(), material(id="other"))
    assert [step.source for step in AIMusicAPI.before(request, both)] == ["song", "other"]
    one = materials(material("clip-1"), material(id="other"))
    assert [step.source for step in AIMusicAPI.before(request, one)] == ["other"]


@pytest.mark.parametrize(
    ("model", "upload"),
    [("FUZZ-2.0 Pro", "FUZZ-2.0"), ("Riffusion FUZZ-1.0", "Riffusion FUZZ-1.1 Pro")],
)
def test_the_other_families_are_brought_even_what_sonic_has(model, upload):
    request = on_song("extend", model=model)
    steps = AIMusicAPI.before(request, materials(material("clip-1")))
    assert steps == (UploadSound(source="song", model=upload),)


@pytest.mark.parametrize("ability", ["wav", "download"])
def test_producer_gives_its_own_files(ability):
    there = materials(material("producer/p-1"))
    assert AIMusicAPI.before(on_song(ability), there) == ()
    assert AIMusicAPI.price(on_song(ability), there).amount == 2


def tails(*parts: tuple[int, Part]):
    return [song(id=f"s{n}", take=n, part=part, remote=f"clip-{n}") for n, part in parts]


def test_a_tail_is_joined_once():
    request = on_song("extend", **WORDS)
    alone = tails((1, Part.TAIL), (2, Part.TAIL))
    assert AIMusicAPI.after(request, alone) == (Concat(source="s1"), Concat(source="s2"))
    joined = tails((1, Part.TAIL), (2, Part.TAIL), (3, Part.WHOLE), (4, Part.WHOLE))
    assert AIMusicAPI.after(request, joined) == ()
    assert AIMusicAPI.after(request, [*alone, joined[3]]) == (Concat(source="s1"),)


def test_a_tail_that_is_wished_alone_stays_alone():
    assert AIMusicAPI.after(on_song("extend", joined=False), tails((1, Part.TAIL))) == ()
    assert AIMusicAPI.after(on_song("cover"), tails((1, Part.SONG))) == ()
    assert AIMusicAPI.after(on_song("extend", model="FUZZ-2.0"), tails((1, Part.TAIL))) == ()


def test_what_joins_itself_on_the_way_is_not_joined_again():
    request = on_song("extend", **WORDS)
    expected = tails((1, Part.TAIL), (2, Part.TAIL))
    assert AIMusicAPI.after(request, expected, materials(material())) == ()
    assert len(AIMusicAPI.after(request, expected, materials(material("clip-1")))) == 2


@pytest.mark.parametrize("ability", ["remaster", "vox", "bpm", "persona"])
def test_a_clip_older_than_advised_is_pointed_out(ability):
    old = materials(material("clip-1", since=NOW - timedelta(hours=50)))
    advice = AIMusicAPI.advice(on_song(ability), old, NOW)
    assert "50 hours" in advice
    assert "at most 24" in advice
    assert "Upload" not in advice


def test_an_old_upload_can_be_made_young_again():
    old = materials(material("clip-1", is_upload=True, since=NOW - timedelta(hours=50)))
    assert AIMusicAPI.advice(on_song("bpm"), old, NOW).endswith("Upload it again to be sure.")


@pytest.mark.parametrize("ability", ["wav", "stems", "midi", "cover"])
def test_age_is_not_spoken_of_where_it_does_not_matter(ability):
    old = materials(material("clip-1", since=NOW - timedelta(hours=50)))
    assert AIMusicAPI.advice(on_song(ability), old, NOW) == ""


def test_a_wish_that_an_upload_cannot_have_is_pointed_out():
    upload = materials(material("clip-1", is_upload=True))
    assert "length" in AIMusicAPI.advice(on_song("cover", length=90, **WORDS), upload, NOW)
    assert AIMusicAPI.advice(on_song("cover", **WORDS), upload, NOW) == ""


def test_a_window_without_its_voice_is_pointed_out():
    request = on_song("persona", **WINDOW)
    vox = attachment(Attached.VOX, remote="v", facts={"start": 10.0, "end": 25.0})
    assert "VOX" in AIMusicAPI.advice(request, materials(material("clip-1")), NOW)
    taken_out = materials(material("clip-1", attachments=(vox,)))
    assert AIMusicAPI.advice(request, taken_out, NOW) == ""


def test_few_words_for_nuro_are_pointed_out():
    short = asked(ability="create", lyrics="Hello", model="Nuro vocal")
    assert "300 characters" in AIMusicAPI.advice(short, materials(), NOW)


AWAY, MADE = materials(material()), materials(material("clip-1"))
TIMED = materials(material("clip-1", attachments=(attachment(Attached.TIMELINE),)))
V4 = {"model": "sonic-v4"}


@pytest.mark.parametrize(
    ("request_", "works_with", "amount", "approximate"),
    [
        (on_song("extend", **WORDS), MADE, 10, False),
        (on_song("extend", **WORDS), AWAY, 14, True),
        (on_song("extend", joined=False, **WORDS), AWAY, 12, True),
        (on_song("cover", **WORDS), MADE, 14, True),
        (on_song("cover", **WORDS | V4), MADE, 10, True),
        (on_song("cover", description="x", **V4), MADE, 14, True),
        (on_song("cover", **WORDS), AWAY, 16, True),
        (on_song("sample"), AWAY, 14, True),
        (on_song("replace"), MADE, 10, False),
        (on_song("add vocals", **WORDS), MADE, 10, False),
        (on_song("remaster"), MADE, 10, False),
        (asked(ability="concat", source="song"), MADE, 2, False),
        (on_song("stems"), MADE, 20, True),
        (on_song("stems", detail="full"), MADE, 50, False),
        (on_song("wav"), MADE, 1, False),
        (on_song("midi"), MADE, 1, False),
        (on_song("timeline"), MADE, 1, False),
        (on_song("timeline"), TIMED, 0, True),
        (on_song("download"), MADE, 2, False),
        (on_song("persona"), MADE, 1, False),
        (on_song("voice"), AWAY, 4, False),
        (on_song("upload"), AWAY, 2, False),
        (asked(ability="lyrics", description="x"), AWAY, 2, False),
        (asked(ability="tags", style="x"), AWAY, 1, False),
        (asked(ability="create", persona="mine", **WORDS), materials(persona="p"), 10, True),
        (asked(ability="create", model="FUZZ-2.0", **WORDS), AWAY, 10, False),
        (on_song("vary", model="FUZZ-2.0"), AWAY, 10, False),
    ],
)
def test_prices_are_those_of_the_pages(request_, works_with, amount, approximate):
    price = AIMusicAPI.price(request_, works_with)
    assert (price.amount, price.approximate) == (amount, approximate)


@pytest.mark.parametrize(
    ("request_", "least", "most"),
    [
        (on_song("extend", **WORDS), 15, 25),
        (on_song("stems"), 15, 25),
        (asked(ability="create", model="FUZZ-2.0", **WORDS), 5, 10),
        (asked(ability="create", model="Nuro vocal", **WORDS), 5, 10),
        (on_song("download"), 3, 5),
    ],
)
def test_nobody_is_asked_more_often_than_advised(request_, least, most):
    pause = AIMusicAPI.pause(request_)
    assert least <= pause * 0.9
    assert pause * 1.1 <= most


OFFER = offer_of(Connection(name="far away", kind="aimusicapi"), AIMusicAPI)


@pytest.mark.parametrize("ability", sorted(AIMusicAPI.abilities))
def test_every_ability_says_its_limits(ability):
    models = OFFER.models_for(ability)
    assert bool(models) != (ability in AIMusicAPI.plain)
    assert AIMusicAPI.pause is not None


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        ({"ability": "mashup", "songs": ["a", "b"], "style": "x" * 201}, "at most 200"),
        ({"ability": "sample", "source": "a", "lyrics": "x" * 3001} | WINDOW, "at most 3000"),
        ({"ability": "sample", "source": "a", "window": {"start": 0, "end": 5}}, "at least 6"),
        ({"ability": "vox", "source": "a", "window": {"start": 0, "end": 31}}, "at most 30"),
        ({"ability": "add vocals", "source": "a", "style": "x"}, "needs lyrics"),
        ({"ability": "replace", "source": "a"} | WINDOW, "needs lyrics"),
        ({"ability": "add instrumental", "source": "a"}, "needs style"),
        ({"ability": "remaster", "source": "a", "variation": "high"} | V4, "variation"),
        ({"ability": "create", "lyrics": "x"} | V4 | {"voice": "male"}, "who sings"),
        ({"ability": "create", "style": "x" * 201} | V4, "at most 200"),
        ({"ability": "create", "style": "x" * 1000, "lyrics": "x" * 5001}, "at most 5000"),
        ({"ability": "lyrics", "description": "x" * 121}, "at most 120"),
        ({"ability": "download", "source": "a", "formats": ["flac"]}, "flac"),
        ({"ability": "cover", "source": "a", "persona": "p", "style": "x"}, "persona"),
        ({"ability": "vary", "source": "a", "model": "sonic-v5"}, "cannot vary"),
        ({"ability": "create", "style": "x", "model": "Nuro vocal", "lyrics": "y"}, "no style"),
    ],
)
def test_what_does_not_fit_is_known_before_it_is_sent(request_, sentence):
    with pytest.raises(RequestUnfit, match=sentence):
        check_fit(asked(**request_), OFFER)


def test_retired_models_say_so():
    notes = {name: model.note for name, model in AIMusicAPI.models.items()}
    assert [name for name, note in notes.items() if "eprecated" in note] == [
        name for name in notes if name.startswith("Riffusion")
    ]
    assert all(notes[name] for name in notes if name.startswith(("Nuro", "FUZZ")))
    assert next(iter(AIMusicAPI.models)) == "sonic-v5"
