"""Fitting: each misfit is a sentence with what does not fit; what fits passes."""

from datetime import UTC, datetime

import pytest

from studio.client import Connection
from studio.errors import RequestUnfit
from studio.fitting import DOING, check_fit, lessen
from studio.offer import offer_of
from studio.songs import (
    OWN,
    Ability,
    AddVocals,
    AskPhrase,
    CoverSong,
    CreateSong,
    Download,
    ExtendSong,
    MakeMidi,
    MakePersona,
    MakeSound,
    MakeVideo,
    MakeVoice,
    Persona,
    Remaster,
    ReplaceSection,
    Section,
    Song,
    SplitStems,
    SwapSound,
    SwapVocals,
    TakeOutVoice,
    VarySong,
    Window,
    WriteLyrics,
)
from tests.client.aurora import Aurora

OFFER = offer_of(Connection(name="aurora", kind="aurora", url="https://aurora.example"), Aurora)
DEMO = Song(
    id="demo",
    title="Demo",
    length=30.0,
    made_at=datetime(2026, 11, 21, tzinfo=UTC),
    connection="",
    kind=OWN,
    job="demo",
    sound="demo.mp3",
)


def window(start: float, end: float) -> Window:
    return Window(start=start, end=end)


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (CreateSong(style="x" * 21, model="old"), "at most 20 characters of style, this has 21"),
        (CreateSong(style="x", model="older"), "no model 'older'. It has: new, old"),
        (CoverSong(source="demo", model="old"), "cannot cover songs. These models can: new"),
        (WriteLyrics(description="x" * 31), "at most 30 characters of description"),
        (VarySong(source="demo", description="x"), "takes no description for this"),
        (MakePersona(source="demo", name="x" * 81), "at most 80 characters of name"),
        (SwapVocals(source="demo", style="soul"), "needs lyrics for this"),
        (SwapVocals(source="demo", lyrics="la", style=" "), "needs style for this"),
        (CreateSong(style="x", length=301), "10 to 300 seconds, not 301"),
        (CreateSong(style="x", length=20, model="old"), "not let one choose the length"),
        (CreateSong(style="x", voice="male", model="old"), "who sings"),
        (CreateSong(style="x", instrumental=True, model="old"), "cannot leave the singing out"),
        (CreateSong(style="x", weirdness=0, model="old"), "knows no weights"),
        (CreateSong(style="x", lyrics_weight=0.5), "does not know lyrics weight"),
        (CreateSong(style="x", seed=0), "cannot repeat a seed"),
        (CreateSong(style="x", persona="p", model="old"), "cannot let a persona sing"),
        (CreateSong(style="x", choices={"mood": ("sad",)}), "has no mood 'sad'"),
        (CreateSong(style="x", choices={"mood": ("calm", "wild")}), "at most 1 of mood"),
        (CreateSong(style="x", choices={"genre": ("pop",)}), "not let one choose genre"),
        (CreateSong(style="x", sections=(Section(name="solo", seconds=9),)), "no section 'solo'"),
        (
            Remaster(source="demo", variation="normal"),
            "no variation 'normal'. It has: subtle, high",
        ),
        (Download(source="demo", formats=("m4a",)), "does not give m4a files. It gives: wav, mp3"),
        (TakeOutVoice(source="demo", window=window(0, 1)), "at least 2 s"),
        (TakeOutVoice(source="demo", window=window(0, 21)), "at most 20 s"),
        (ReplaceSection(source="demo", window=window(20, 31)), "ends at 31.0 s, but 'Demo' lasts"),
        (ExtendSong(source="demo", at=30.5), "The point is at 30.5 s"),
        (CoverSong(source="demo", seed=1), "cannot repeat a seed"),
        (CreateSong(style="x", variety=1, model="old"), "how much takes differ. Leave it open"),
        (CreateSong(style="x", variety=3), "lets takes differ by at most 2, not 3"),
        (SplitStems(source="demo", detail="full"), "into every instrument. It splits into: voice"),
        (SplitStems(source="demo", detail="one"), "which instrument is wanted. Choose one of: dr"),
        (SplitStems(source="demo", detail="one", instrument="oboe"), "cannot give 'oboe' alone"),
        (MakeSound(description="rain", loop=True), "does not make loops"),
        (MakeSound(description="rain", tempo_bpm=50), "60 to 180 beats per minute, not 50"),
        (MakeSound(description="rain", key="H"), "has no key 'H'. It has: C, Am"),
        (AskPhrase(source="demo", window=window(0, 5), language="fr"), "no phrases in 'fr'"),
        (MakeVoice(source="demo", name="Ada"), "a phrase that it chose. Ask for the phrase first"),
        (MakeVoice(source="demo", name="Ada", phrase="j", skill="beginner"), "how well somebody"),
        (MakeVideo(source="demo", author="Ada Lo"), "shows at most 5 characters of author"),
        (MakeVideo(source="demo", site="a.example"), "shows no site in a film"),
    ],
)
def test_what_does_not_fit_is_said_with_what_would(request_, sentence):
    with pytest.raises(RequestUnfit) as problem:
        check_fit(request_, OFFER, songs=(DEMO,))
    assert sentence in str(problem.value)
    assert str(problem.value).endswith(".")


@pytest.mark.parametrize(
    "request_",
    [
        CreateSong(style="x" * 1000, length=300, weirdness=1, choices={"mood": ("calm",)}),
        CreateSong(style="x", sections=(Section(name="verse", seconds=9),)),
        CreateSong(style="x", voice="male", instrumental=True),
        CoverSong(source="demo", audio_weight=0.5),
        AddVocals(source="demo", window=window(10, 30)),
        SwapVocals(source="demo", lyrics="la", style="soul"),
        ExtendSong(source="demo", at=30),
        Remaster(source="demo"),
        Download(source="demo"),
        WriteLyrics(description="x" * 30),
        CreateSong(style="x", variety=2),
        SplitStems(source="demo", detail="one", instrument="drums"),
        MakeSound(description="rain", tempo_bpm=60, key="Am"),
        AskPhrase(source="demo", window=window(0, 5), language="de"),
        MakeVoice(source="demo", name="Ada", phrase="job"),
        MakeVideo(source="demo", author="Ada L"),
    ],
)
def test_what_fits_passes(request_):
    check_fit(request_, OFFER, songs=(DEMO,))


def test_a_source_that_is_too_long_is_named():
    long = DEMO.model_copy(update={"length": 61.0})
    with pytest.raises(RequestUnfit, match=r"'Demo' lasts 61 s; .* takes at most 60"):
        check_fit(CoverSong(source="demo"), OFFER, songs=(long,))


def test_words_that_a_song_carries_need_not_be_written_again():
    sung = DEMO.model_copy(update={"lyrics": "[Verse]\nla"})
    check_fit(SwapSound(source="demo"), OFFER, songs=(sung,))
    check_fit(SwapSound(source="demo", lyrics="la"), OFFER, songs=(DEMO,))
    with pytest.raises(RequestUnfit, match=r"needs the lyrics of 'Demo' .* Write them down\."):
        check_fit(SwapSound(source="demo"), OFFER, songs=(DEMO,))


def test_who_cannot_says_who_can():
    poor = OFFER.model_copy(update={"abilities": frozenset({Ability.CREATE})})
    with pytest.raises(RequestUnfit, match=r"Aurora cannot cover songs\. These can: moon, sun\."):
        check_fit(CoverSong(source="demo"), poor, others=("moon", "aurora", "sun"))
    with pytest.raises(RequestUnfit, match="No connection that you have can"):
        check_fit(CoverSong(source="demo"), poor)


def test_a_song_from_elsewhere_is_refused_with_who_takes_it():
    midi = MakeMidi(source="demo")
    with pytest.raises(RequestUnfit, match=r"only with songs that were made at aurora, and 'Demo'"):
        check_fit(midi, OFFER, songs=(DEMO,))
    with pytest.raises(RequestUnfit, match=r"These take it: moon\.$"):
        check_fit(midi, OFFER, songs=(DEMO,), takers=("moon", "aurora"))
    made = DEMO.model_copy(update={"connection": "aurora", "remote": "r"})
    check_fit(midi, OFFER, songs=(made,))


def test_takes_are_as_many_as_that_ability_brings():
    assert OFFER.takes(CreateSong(style="x")) == 2
    assert OFFER.takes(MakeSound(description="rain")) == 1


WISHES = CreateSong(
    style="pop",
    lyrics="la",
    description="rain",
    instrumental=True,
    title="Rain",
    voice="male",
    length=100,
    seed=7,
    weirdness=0.5,
    style_weight=0.5,
    variety=4,
    persona="p",
    choices={"mood": ("calm",)},
)


def test_a_request_is_lessened_to_what_a_maker_grants_and_says_what_is_missing():
    lessened, left_out = lessen(WISHES, OFFER)
    assert left_out == ("how much takes differ", "the seed")
    assert lessened == WISHES.model_copy(update={"seed": None, "variety": None})
    check_fit(lessened, OFFER)


def test_weights_that_share_a_rule_are_all_left_out():
    poor = WISHES.model_copy(update={"model": "old", "instrumental": False})
    lessened, left_out = lessen(poor, OFFER)
    assert (lessened.style_weight, lessened.weirdness, lessened.voice) == (None, None, None)
    assert {"how closely to follow the style", "how far from the usual to go"} <= {*left_out}
    assert (lessened.model, lessened.style, lessened.title) == ("old", "pop", "Rain")


def test_a_model_of_somebody_else_is_left_out_first():
    lessened, left_out = lessen(WISHES.model_copy(update={"model": "elsewhere"}), OFFER)
    assert (lessened.model, left_out[0]) == (None, "the model")


def test_a_persona_sings_only_where_it_is_known():
    ada = Persona(
        id="p", name="Ada", connection="moon", remote="r", source="s", job="j", made_at=DEMO.made_at
    )
    assert "the persona" in lessen(WISHES, OFFER, ada)[1]
    here = ada.model_copy(update={"connection": "aurora"})
    assert lessen(WISHES, OFFER, here)[0].persona == "p"


def test_the_song_itself_is_never_lessened():
    long = CreateSong(style="x" * 30, lyrics="y" * 6000, description="z" * 500, model="old")
    assert lessen(long, OFFER) == (long, ())
    cover = CoverSong(source="demo", audio_weight=0.5)
    assert lessen(cover, OFFER) == (cover, ())


def test_every_ability_has_a_word_for_its_doing():
    assert set(DOING) == set(Ability)


def test_limits_are_those_of_the_model_and_the_ability():
    assert list(OFFER.models_for(Ability.CREATE)) == ["new", "old"]
    assert OFFER.limits(Ability.CREATE).style == 1000
    assert OFFER.limits(Ability.CREATE, "old").style == 20
    assert OFFER.limits(Ability.SWAP_VOCALS).needs == {"lyrics", "style"}
    assert OFFER.limits(Ability.LYRICS, "new").description == 30
