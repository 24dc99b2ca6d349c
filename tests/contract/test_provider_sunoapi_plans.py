"""What comes before a request to sunoapi.org, what it costs, and what is said beforehand."""

from datetime import timedelta
from typing import Any

import pytest

from studio.providers import PROVIDERS
from studio.providers.limits import Price, Rate
from studio.providers.sunoapi import SunoAPI
from studio.songs import Ability, Attached, SplitStems, UploadSound
from tests.contract.sunoapi_far_away import (
    LINK,
    NOW,
    SECOND_LINK,
    asked,
    attachment,
    away,
    brought,
    made,
    materials,
    split,
    vendor,
)

OLD = NOW - timedelta(days=20)
UPLOAD = (UploadSound(source="song"),)
UPLOADED = attachment(Attached.UPLOAD, remote=LINK)
WINDOW = {"window": {"start": 10, "end": 25}}
NEEDS_UPLOAD: dict[str, dict[str, Any]] = {
    "cover": {"style": "pop"},
    "add vocals": {"style": "pop", "lyrics": "x", "exclude": "y"},
    "add instrumental": {"style": "pop", "exclude": "y"},
    "phrase": WINDOW,
    "voice": {"name": "x", "phrase": "job"},
}


def on_song(ability: str, **members: Any) -> Any:
    return asked(ability=ability, source="song", **members)


def before(request: Any, *songs: Any, edition: str | None = None) -> Any:
    return SunoAPI.edition(edition).before(request, materials(*songs))


def advice(request: Any, *songs: Any, edition: str | None = None, **more: Any) -> str:
    return SunoAPI.edition(edition).advice(request, materials(*songs, **more), NOW)


@pytest.mark.parametrize("ability", NEEDS_UPLOAD)
@pytest.mark.parametrize("source", [away(), made()])
def test_what_works_on_uploads_is_uploaded_first_wherever_it_was_made(ability, source):
    request = on_song(ability, **NEEDS_UPLOAD[ability])
    assert before(request, source) == UPLOAD
    assert before(request, brought()) == ()


@pytest.mark.parametrize(("hours", "wanted"), [(23, ()), (25, UPLOAD), (73, UPLOAD)])
def test_an_upload_that_may_have_ended_is_done_again(hours, wanted):
    source = brought(since=NOW - timedelta(hours=hours))
    assert before(on_song("cover", style="pop"), source) == wanted


def test_a_mashup_uploads_what_is_missing():
    request = asked(ability="mashup", songs=("song", "other"), style="pop")
    assert before(request, brought(), away(id="other")) == (UploadSound(source="other"),)
    assert before(request, brought(), brought(SECOND_LINK, id="other")) == ()


@pytest.mark.parametrize(
    ("source", "model", "wanted"),
    [
        (made(), None, ()),
        (made(model="V4"), None, ()),
        (made(model="V4"), "V4", ()),
        (made(model="V4"), "V5", UPLOAD),
        (made(since=OLD), None, UPLOAD),
        (made(model="V4", attachments=(UPLOADED,)), "V5", ()),
        (away(), None, UPLOAD),
        (brought(), None, ()),
    ],
)
def test_a_song_is_uploaded_to_be_extended_only_where_it_must(source, model, wanted):
    assert before(on_song("extend", lyrics="x", model=model), source) == wanted


@pytest.mark.parametrize("ability", ["stems", "replace"])
def test_since_autumn_ones_own_sounds_are_split_and_mended_too(ability):
    request = on_song(ability, **({"lyrics": "x"} | WINDOW if ability == "replace" else {}))
    assert before(request, away(), edition="3") == ()
    assert before(request, away(), edition="5") == UPLOAD
    assert before(request, made(), edition="5") == ()
    assert before(request, made(since=OLD), edition="5") == UPLOAD


def test_notes_are_taken_from_stems_which_come_first_and_are_counted():
    request, split_first = on_song("midi"), SplitStems(source="song")
    assert before(request, made()) == (split_first,)
    assert before(request, made(attachments=(split(since=OLD),))) == (split_first,)
    assert before(request, made(attachments=(split(),))) == ()
    assert (SunoAPI.price(request).amount, SunoAPI.price(split_first).amount) == (0, 10)
    assert "split first" in advice(request, made())
    assert advice(request, made(attachments=(split(),))) == ""


@pytest.mark.parametrize("ability", ["wav", "timeline", "video", "cover image", "persona"])
def test_nothing_is_done_before_what_is_asked_of_a_song_that_was_made_there(ability):
    more = {"name": "x", "description": "y"} if ability == "persona" else {}
    request = on_song(ability, **more)
    assert before(request, made()) == ()
    assert "made this 20 days ago" in advice(request, made(since=OLD))


PRICES = {
    "create": (12, True),
    "extend": (12, True),
    "mashup": (12, True),
    "replace": (5, True),
    "sounds": (2.5, True),
    "timeline": (0.5, True),
    "tags": (0.4, False),
    "lyrics": (0.4, True),
    "wav": (0.4, True),
    "video": (2, True),
    "persona": (0, False),
    "cover image": (0, False),
    "upload": (0, False),
    "voice": (12, True),
    "phrase": (12, True),
    "recover": (12, True),
}
ASKS: dict[str, dict[str, Any]] = {
    "create": {"style": "pop"},
    "mashup": {"songs": ("a", "b")},
    "sounds": {"description": "x"},
    "tags": {"style": "pop"},
    "lyrics": {"description": "x"},
    "replace": WINDOW,
    "persona": {"name": "x"},
    **NEEDS_UPLOAD,
}


def request_of(ability: str) -> Any:
    alone = ability in {"create", "mashup", "sounds", "tags", "lyrics"}
    source = {} if alone else {"source": "song"}
    return asked(ability=ability, **source, **ASKS.get(ability, {}))


@pytest.mark.parametrize("ability", PRICES)
def test_a_job_costs_what_is_printed_and_says_how_sure_that_is(ability):
    amount, approximate = PRICES[ability]
    assert SunoAPI.price(request_of(ability)) == Price(amount=amount, approximate=approximate)


@pytest.mark.parametrize(("detail", "amount"), [("basic", 10), ("full", 50), ("one", 20)])
def test_three_kinds_of_stems_cost_what_the_vendor_says(detail, amount):
    request = on_song("stems", detail=detail)
    assert SunoAPI.price(request) == Price(amount=amount)
    assert "each time" in advice(request, made())


@pytest.mark.parametrize("ability", ["voice", "phrase", "recover"])
def test_what_is_printed_nowhere_is_said_to_be(ability):
    assert "printed nowhere" in advice(request_of(ability), made())
    assert "printed nowhere" not in advice(request_of("create"))


def test_a_model_that_did_not_make_a_song_is_told_of():
    told = advice(on_song("extend", model="V5", lyrics="x"), made(model="V4"))
    assert "V4 only" in told
    assert "uploaded first" in told
    assert advice(on_song("extend", lyrics="x"), made(model="V4")) == ""


def test_a_tail_alone_is_never_given_and_a_point_needs_words():
    assert "whole song" in advice(on_song("extend", joined=False, lyrics="x"), made())
    assert "from its end" in advice(on_song("extend", at=30), made())
    assert advice(on_song("extend", at=30, lyrics="x"), made()) == ""


def test_what_will_be_refused_is_said_before():
    half = on_song("replace", lyrics="x", window={"start": 0, "end": 70})
    assert "at most half" in advice(half, made())
    wide = on_song("add vocals", exclude="y", style="pop", lyrics="x", **WINDOW)
    assert "whole song" in advice(wide, brought())
    long = asked(ability="create", style="a" * 300, description="b" * 300)
    assert "Leave out 101" in advice(long)
    sung = asked(ability="create", style="pop", persona="p")
    assert "words that are written" in advice(sung, persona="persona-1")


def test_weights_that_nobody_hears_are_told_of():
    weighed = asked(ability="create", style="pop", weirdness=0.5)
    assert "heeds weights only" in advice(weighed)
    assert advice(weighed.model_copy(update={"lyrics": "x"})) == ""
    assert "heeds weights" not in advice(weighed, edition="5")


def test_an_open_length_is_three_minutes_where_it_would_be_twenty_seconds():
    request = asked(ability="create", style="pop", lyrics="x")
    assert "20 s" in advice(request, edition="5")
    assert advice(request.model_copy(update={"length": 60.0}), edition="5") == ""
    assert advice(request) == ""


def test_what_is_made_once_is_told_of():
    assert "once for a song" in advice(on_song("wav"), made())
    assert "no second" in advice(on_song("persona", name="x", description="y"), made())


@pytest.mark.parametrize(
    ("ability", "seconds"), [("create", 30), ("stems", 30), ("midi", 20), ("recover", 2)]
)
def test_it_is_looked_at_as_often_as_the_vendor_advises(ability, seconds):
    assert SunoAPI.pause(request_of(ability)) == seconds
    assert SunoAPI.rate == Rate(calls=20, seconds=10)


def test_a_connection_speaks_as_the_generation_that_was_chosen():
    assert PROVIDERS["sunoapi"].edition(None) is SunoAPI
    assert [PROVIDERS["sunoapi"].edition(name).book.name for name in SunoAPI.editions] == [
        "3",
        "4",
        "5",
    ]
    assert SunoAPI.edition("5").edition("3") is SunoAPI
    assert SunoAPI.edition("9") is SunoAPI


def test_each_generation_has_its_models_the_default_first():
    names = {name: [*SunoAPI.edition(name).models] for name in SunoAPI.editions}
    assert names["3"] == ["V5", "V4_5PLUS", "V4_5ALL", "V4_5", "V4"]
    assert names["4"] == ["V5_5", *names["3"]]
    assert names["5"] == ["V6", "V6_WILD", "V6_MINI", *names["4"]]
    of_autumn = SunoAPI.edition("5").models
    assert [name for name, one in of_autumn.items() if one.is_deprecated] == names["4"]


@pytest.mark.parametrize("edition", ["3", "4", "5"])
def test_all_that_the_vendor_has_is_had_in_each_generation(edition):
    who = SunoAPI.edition(edition)
    lacking = {"sample", "remaster", "concat", "swap vocals", "swap sound", "vary", "vox"}
    assert who.abilities == frozenset(Ability) - {Ability(name) for name in lacking} - {
        Ability.BPM,
        Ability.DOWNLOAD,
    }
    assert not who.takes_links


LIMITS = [
    ("V4", "create", {"lyrics": 3000, "style": 200, "title": 80, "description": 500}),
    ("V5", "create", {"lyrics": 5000, "style": 1000, "title": 80}),
    ("V4", "extend", {"title": 80}),
    ("V4_5", "extend", {"title": 100, "longest_source": 480}),
    ("V4_5ALL", "cover", {"title": 80, "longest_source": 60}),
    ("V4_5ALL", "extend", {"title": 80, "longest_source": 480}),
    ("V5", "cover", {"title": 100, "longest_source": 480}),
    ("V5", "mashup", {"title": 80, "exclude": 0, "persona": False}),
    ("V5", "add vocals", {"exclude": 200, "instrumental": False}),
    ("V5", "add instrumental", {"needs": frozenset({"style", "exclude"})}),
    ("V5", "sounds", {"description": 500, "tempos": (1, 300)}),
]


@pytest.mark.parametrize(("model", "ability", "wanted"), LIMITS)
def test_each_model_has_the_limits_of_its_row(model, ability, wanted):
    limits = SunoAPI.models[model].limits_for(Ability(ability))
    assert {name: getattr(limits, name) for name in wanted} == wanted


def test_since_autumn_songs_are_varied_and_timed():
    create = SunoAPI.edition("5").models["V6"].limits_for(Ability.CREATE)
    assert (create.variety, create.shortest, create.longest) == (4, 10, 360)
    assert (create.description, create.exclude) == (3000, 1000)
    assert SunoAPI.edition("5").models["V5"].limits_for(Ability.CREATE).longest is None
    assert SunoAPI.models["V5"].limits_for(Ability.CREATE).variety is None


def test_a_band_is_added_by_the_models_that_can():
    able = {name for name, one in SunoAPI.models.items() if Ability.ADD_VOCALS in one.abilities}
    assert able == {"V4_5PLUS", "V5"}
    assert all(Ability.ADD_VOCALS in one.abilities for one in SunoAPI.edition("5").models.values())


def test_limits_of_what_has_no_model():
    plain = SunoAPI.plain
    assert len(plain[Ability.STEMS].instruments) == 98
    assert (plain[Ability.REPLACE].shortest_window, plain[Ability.REPLACE].longest_window) == (
        6,
        60,
    )
    assert (plain[Ability.VIDEO].author, plain[Ability.VIDEO].site) == (50, 50)
    assert plain[Ability.VOICE].needs == {"phrase"}
    assert len(plain[Ability.PHRASE].languages) == 10
    assert {plain[Ability(name)].origin for name in ("wav", "midi", "replace")} == {"made"}


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"style": "pop"}, "writes the words itself"),
        ({"style": "pop", "lyrics": "x"}, "sings your words in your style"),
        ({"style": "pop", "instrumental": True}, "plays your style"),
        ({"style": "a" * 990, "lyrics": "x", "description": "b" * 20}, "is not sent"),
    ],
)
def test_how_a_song_is_read_is_said(members, words):
    assert words in vendor(200, {}).understand(asked(ability="create", **members))
