"""A server of ACE-Step: what it is sent, and the traps that its answers set, each with a test."""

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.commands import connect
from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    RemoteUnknown,
    RequestUnfit,
    VendorRefused,
    VendorTrouble,
)
from studio.fitting import check_fit
from studio.offer import Offer
from studio.providers.acestep import ACEStep
from studio.providers.acestep.claims import NOBODY
from studio.providers.acestep.languages import language_of
from studio.providers.acestep.models import LONGEST_CAPTION, TRACKS
from studio.providers.base import Finished, Refused, Started, Working
from studio.providers.claims import Claim
from studio.providers.materials import NOTHING
from studio.songs import Ability, Part
from tests.contract.far_acestep import BASE, KEY, TASK, Far, form_of, inside, samples, stats, told
from tests.contract.far_away import NOW, asked, material, materials, song

CREATE = asked(ability="create", style="pop", lyrics="Hello world")
STEMS = asked(ability="stems", source="song", detail="full")
TURBO = {"name": "turbo", "is_default": True, "supported_task_types": ["text2music", "cover"]}
RUNNING = {"file": "", "status": 0, "progress": 0.4, "stage": "Generating music"}
DONE = {"file": "/v1/audio?path=%2Fa.flac", "status": 1}


def with_models(*models: dict[str, Any], **more: object) -> tuple[int, object]:
    return 200, inside({"models": list(models), "default_model": "turbo"} | more)


@pytest.fixture
def there(tmp_path: Path) -> Any:
    """Return a song whose sound is here."""
    file = tmp_path / "song.mp3"
    file.write_bytes(b"ID3 a sound")
    return materials(replace(material(), file=file))


# An order


def test_before_an_order_the_server_is_asked_what_it_knows_and_nothing_is_ordered_twice():
    far = Far()
    assert far.provider.start(CREATE, NOTHING) == Started(remote=TASK)
    assert far.paths == ["openapi.json", "v1/model_inventory", "release_task"]


@pytest.mark.parametrize("place", ["openapi.json", "v1/model_inventory"])
@pytest.mark.parametrize(
    "trouble",
    [(200, httpx.ReadTimeout("slow")), (200, httpx.ConnectError("off")), (200, b"<html>")],
)
def test_before_an_order_nothing_can_be_in_doubt(place, trouble):
    far = Far()
    far.answers[place] = trouble
    with pytest.raises(NotTaken):
        far.provider.start(CREATE, NOTHING)
    assert "release_task" not in far.paths


def test_a_server_that_keeps_its_schema_to_itself_is_sent_all_that_is_set():
    far = Far()
    far.answers["openapi.json"] = (404, b"<html>")
    far.provider.start(CREATE, NOTHING)
    assert json.loads(far.order.content)["audio_format"] == "flac"


def test_a_server_that_is_off_says_how_to_start_it():
    far = Far()
    far.answers["openapi.json"] = (200, httpx.ConnectError("off"))
    with pytest.raises(NotTaken, match="uv run acestep-api"):
        far.provider.start(CREATE, NOTHING)


@pytest.mark.parametrize(
    "body", [{}, [], inside(None), inside({}), inside({"task_id": ""}), inside([TASK])]
)
def test_an_order_without_an_id_is_in_doubt(body):
    with pytest.raises(Doubtful):
        Far(release_task=(200, body)).provider.start(CREATE, NOTHING)


@pytest.mark.parametrize("trouble", [(200, httpx.ReadTimeout("slow")), (500, {}), (502, b"")])
def test_an_order_that_fell_silent_is_in_doubt_and_not_repeated_by_itself(trouble):
    with pytest.raises(Doubtful):
        Far(release_task=trouble).provider.start(CREATE, NOTHING)
    assert ACEStep.repeatable is False


@pytest.mark.parametrize(
    "told_so", [(429, {"detail": "Server busy"}), (200, inside(None, code=429))]
)
def test_a_full_queue_took_nothing(told_so):
    with pytest.raises(NotTaken, match="queue") as busy:
        Far(release_task=told_so).provider.start(CREATE, NOTHING)
    assert busy.value.retry_after


def test_a_fault_inside_an_answer_that_calls_itself_fine_is_a_refusal_with_its_words():
    body = inside(None, code=500, error="LLM not initialized")
    with pytest.raises(VendorRefused, match=r"LLM not initialized\. Start it with --init-llm"):
        Far(release_task=(200, body)).provider.start(CREATE, NOTHING)


def test_without_a_key_none_is_sent_and_a_wrong_one_is_told_as_one(there):
    far = Far(key="")
    far.provider.start(CREATE, NOTHING)
    assert all("Authorization" not in call.headers for call in far.calls)
    for place in ("v1/model_inventory", "release_task"):
        locked = Far()
        locked.answers[place] = (401, {"detail": "Missing ai_token or Authorization header"})
        with pytest.raises(VendorRefused, match="does not accept the key"):
            locked.provider.start(CREATE, NOTHING)
    assert not ACEStep.needs_key


def test_an_address_that_leads_elsewhere_says_where_it_should_lead():
    with pytest.raises(VendorRefused, match="uv run acestep-api"):
        Far(release_task=(404, {"detail": "Not Found"})).provider.start(CREATE, NOTHING)


def test_only_fields_that_the_server_tells_of_are_sent():
    far = Far(openapi__json=(200, {}))
    far.answers["openapi.json"] = (200, samples("answers")["schema"]["body"])
    request = CREATE.model_copy(update={"seed": 7, "length": 30.0})
    far.provider.start(request, NOTHING)
    assert json.loads(far.order.content) == {
        "task_type": "text2music",
        "prompt": "pop",
        "lyrics": "Hello world",
        "audio_duration": 30.0,
        "batch_size": 2,
    }


def test_the_same_seed_asks_for_the_same_two_takes():
    far = Far()
    far.provider.start(CREATE.model_copy(update={"seed": 7}), NOTHING)
    order = json.loads(far.order.content)
    assert (order["use_random_seed"], order["seed"], order["batch_size"]) == (False, "7,8", 2)


# What a server can do


def test_words_that_nobody_there_can_write_are_asked_of_the_person():
    far = Far(v1__model_inventory=with_models(TURBO, lm_models=[], llm_initialized=False))
    with pytest.raises(RequestUnfit, match="--init-llm"):
        far.provider.start(asked(ability="create", style="pop"), NOTHING)
    probed = far.provider.probe()
    assert probed.models["turbo"].limits_for(Ability.CREATE).needs == {"lyrics"}
    assert "write the words yourself" in probed.note


def test_a_task_goes_to_a_model_that_can_do_it(there):
    far = Far()
    far.provider.start(
        asked(ability="stems", source="song", detail="one", instrument="bass"), there
    )
    assert form_of(far.order)[0]["model"] == "acestep-v15-base"


def test_where_no_model_can_nothing_is_sent_and_what_would_help_is_said(there):
    far = Far(v1__model_inventory=with_models(TURBO))
    with pytest.raises(RequestUnfit, match="Load a base model"):
        far.provider.start(STEMS, there)
    both = Far()
    with pytest.raises(RequestUnfit, match="These can: acestep-v15-base"):
        both.provider.start(STEMS.model_copy(update={"model": "acestep-v15-turbo"}), there)
    assert "release_task" not in far.paths + both.paths


def test_a_model_that_is_not_made_for_few_steps_gets_many(there):
    far = Far()
    far.provider.start(CREATE.model_copy(update={"model": "acestep-v15-base"}), NOTHING)
    assert json.loads(far.order.content)["inference_steps"] == 50


def test_a_turbo_server_offers_no_stems_and_says_why():
    probed = Far(v1__model_inventory=with_models(TURBO)).provider.probe()
    assert probed.abilities == {Ability.CREATE, Ability.COVER}
    assert "need a base model" in probed.note


@pytest.mark.parametrize(
    ("health", "models"),
    [
        ((200, inside({"loaded_model": "acestep-v15-turbo"})), ["acestep-v15-turbo"]),
        ((200, inside({"status": "ok"})), []),
        ((404, {}), []),
    ],
)
def test_without_an_inventory_a_server_is_known_by_the_model_that_it_has_loaded(health, models):
    probed = Far(v1__model_inventory=(404, {}), health=health).provider.probe()
    assert list(probed.models) == models
    assert Ability.CREATE in probed.abilities
    assert Ability.STEMS not in probed.abilities


def test_a_server_that_is_off_is_not_told_as_one_that_can_nothing():
    far = Far()
    far.answers["v1/model_inventory"] = (200, httpx.ConnectError("off"))
    with pytest.raises(NotTaken):
        far.provider.probe()


# Songs that are worked on


def test_a_song_goes_as_a_file_with_the_order(there):
    far = Far()
    far.provider.start(asked(ability="cover", source="song", style="jazz"), there)
    fields, files = form_of(far.order)
    assert files == {"src_audio": b"ID3 a sound"}
    assert "src_audio_path" not in fields


def test_a_song_whose_sound_is_not_here_is_refused_before_anything_is_sent():
    far = Far()
    with pytest.raises(RequestUnfit, match="Fetch it from its page"):
        far.provider.start(asked(ability="cover", source="song"), materials(material("x")))
    assert "release_task" not in far.paths


@pytest.mark.parametrize(
    ("at", "wish", "window"),
    [
        (None, None, ("120.0", "150.0")),
        (None, 60.0, ("120.0", "180.0")),
        (100.0, 60.0, ("100.0", "160.0")),
        (30.0, 20.0, ("30.0", "120.0")),
    ],
)
def test_a_song_goes_on_behind_its_end_and_never_ends_sooner(there, at, wish, window):
    far = Far()
    far.provider.start(asked(ability="extend", source="song", at=at, length=wish), there)
    fields, _ = form_of(far.order)
    assert (fields["repainting_start"], fields["repainting_end"]) == window


def test_no_song_is_made_longer_than_the_model_can(there):
    long = materials(replace(there.songs[0], song=song(length=590.0)))
    with pytest.raises(RequestUnfit, match="at most 600 s"):
        Far().provider.start(asked(ability="extend", source="song"), long)


@pytest.mark.parametrize(
    ("ability", "more"), [("extend", {}), ("replace", {"window": {"start": 1, "end": 9}})]
)
def test_what_comes_back_of_a_song_is_the_whole_of_it(ability, more):
    far = Far(query_result=told(DONE, status=1))
    progress = far.provider.check(TASK, asked(ability=ability, source="song", **more))
    assert [take.part for take in progress.takes] == [Part.WHOLE]


def pulled_out(there: Any, answers: list[tuple[int, object]]) -> tuple[Far, Any]:
    """Ask for all stems at a server that answers one order after the other."""
    far = Far()
    far.orders = answers
    return far, far.provider.start(STEMS, there)


def numbered(count: int) -> list[tuple[int, object]]:
    return [(200, inside({"task_id": f"task-{number}"})) for number in range(count)]


def stems_of(*told_of: tuple[str, int, dict[str, object]]) -> tuple[int, object]:
    return 200, inside(
        [
            {"task_id": task, "status": status, "result": json.dumps([entry])}
            for task, status, entry in told_of
        ]
    )


TWO = "vocals=task-0,drums=task-1"


def test_all_stems_are_one_job_of_a_task_for_each_track(there):
    far, started = pulled_out(there, numbered(12))
    orders = [form_of(call)[0] for call in far.calls if call.url.path == "/release_task"]
    assert [order["track_name"] for order in orders] == list(TRACKS)
    assert started.remote.split(",")[2] == "drums=task-2"


@pytest.mark.parametrize("trouble", [(429, {}), (502, b""), (200, {}), (400, {"detail": "No."})])
def test_what_was_taken_before_a_trouble_is_kept_and_the_rest_is_told_of(there, trouble):
    _, started = pulled_out(there, [*numbered(2), trouble])
    assert started.remote == "vocals=task-0,backing_vocals=task-1"
    done = stems_of(("task-0", 1, DONE), ("task-1", 1, DONE))
    progress = Far(query_result=done).provider.check(started.remote, STEMS)
    assert [one.name for one in progress.findings] == ["Vocals", "Backing vocals"]
    assert "was not asked for drums, bass" in progress.takes[0].failed


@pytest.mark.parametrize(
    ("trouble", "raised"),
    [((429, {}), NotTaken), ((502, b""), Doubtful), ((400, {}), VendorRefused)],
)
def test_a_trouble_with_the_first_track_is_one_of_the_whole(there, trouble, raised):
    with pytest.raises(raised):
        pulled_out(there, [trouble])


def test_stems_are_asked_about_together_and_tell_the_share_that_is_done():
    far = Far(query_result=stems_of(("task-0", 1, DONE), ("task-1", 0, RUNNING)))
    progress = far.provider.check(TWO, STEMS)
    assert json.loads(far.calls[0].content) == {"task_id_list": ["task-0", "task-1"]}
    assert (progress.doing, progress.progress) == ("1 of 2 pulled out", 0.7)


def test_a_track_that_failed_leaves_the_others_and_says_why():
    failed = {"stage": "failed", "error": "Too quiet"}
    far = Far(query_result=stems_of(("task-0", 1, DONE), ("task-1", 2, failed)))
    progress = far.provider.check(TWO, STEMS)
    assert [one.name for one in progress.findings] == ["Vocals"]
    assert "Without drums. ACE-Step could not make it: Too quiet." in progress.takes[0].failed
    none = Far(query_result=stems_of(("task-0", 2, failed), ("task-1", 2, failed)))
    assert isinstance(none.provider.check(TWO, STEMS), Refused)


def test_all_the_tasks_of_a_job_are_stopped():
    far = Far(cancel_task=(200, inside({})))
    assert far.provider.cancel(TWO)
    assert [json.loads(call.content)["task_id"] for call in far.calls] == ["task-0", "task-1"]


@pytest.mark.parametrize("remote", ["task-0", "vocals=task-0", " task-0 "])
def test_an_id_that_a_person_gives_is_taken_with_or_without_its_track(remote):
    far = Far(query_result=stems_of(("task-0", 1, DONE)))
    one = asked(ability="stems", source="song", detail="one", instrument="vocals")
    assert [found.name for found in far.provider.check(remote, one).findings] == ["Vocals"]


def test_a_song_is_not_split_in_two_by_who_pulls_out_single_instruments(there):
    with pytest.raises(RequestUnfit, match="single instruments"):
        Far().provider.start(asked(ability="stems", source="song"), there)


def test_the_band_is_made_of_the_instruments_that_are_named(there):
    far = Far()
    request = asked(ability="add instrumental", source="song", style="piano and strings, no drums")
    far.provider.start(request, there)
    assert form_of(far.order)[0]["track_classes"] == "drums | strings | keyboard"


# The traps of its answers


def look(**answers: Any) -> Any:
    return Far(**answers).provider.check(TASK, CREATE)


def test_an_unknown_id_shows_no_sign_of_progress_however_busy_the_server_is():
    unknown = (200, inside([{"task_id": TASK, "result": "[]", "status": 0, "progress_text": "x"}]))
    seen = {look(query_result=unknown, v1__stats=stats(queued=n)).model_dump_json() for n in (0, 3)}
    assert seen == {Working().model_dump_json()}


def test_a_task_that_the_answer_leaves_out_shows_no_sign_of_progress_either():
    assert look(query_result=(200, inside([]))) == Working()
    another = told(RUNNING, task="another")
    assert look(query_result=another) == Working()


@pytest.mark.parametrize("entries", [[], [RUNNING | {"stage": "Loading models (first run)..."}]])
@pytest.mark.parametrize(
    ("failed", "why"), [(1, "1 of its jobs failed"), (0, "may have been started anew")]
)
def test_a_server_that_makes_nothing_is_told_as_such_but_never_taken_as_the_end(
    entries, failed, why
):
    with pytest.raises(RemoteUnknown, match=why):
        look(query_result=told(*entries), v1__stats=stats(queued=0, running=0, failed=failed))


def test_what_the_server_wrote_last_is_never_shown_as_of_this_song():
    far = Far(query_result=told(RUNNING, progress_text="GET /v1/stats 200"))
    assert "GET" not in far.provider.check(TASK, CREATE).model_dump_json()


def test_progress_is_told_as_the_server_tells_it_for_this_song():
    working = look(query_result=told(RUNNING))
    assert (working.progress, working.doing) == (0.4, "Generating music")
    assert working.left == pytest.approx(6.0)


def test_who_waits_for_a_turn_is_told_how_many_are_before_it_and_how_long_that_takes():
    queued = RUNNING | {"stage": "queued", "progress": 0.0}
    working = look(query_result=told(queued), v1__stats=stats(queued=3, running=1))
    assert (working.doing, working.left) == ("waiting its turn, 3 before it", 40.0)


def test_a_server_that_has_finished_nothing_yet_is_not_believed_how_long_it_takes():
    assert look(query_result=told(RUNNING), v1__stats=stats(succeeded=0)).left is None


@pytest.mark.parametrize("trouble", [(500, b""), (200, b"<html>"), (404, {}), (200, inside([]))])
def test_without_its_counters_a_song_is_looked_at_all_the_same(trouble):
    assert look(query_result=told(RUNNING), v1__stats=trouble).progress == 0.4


@pytest.mark.parametrize("entries", [[], [RUNNING]])
def test_done_without_a_file_is_not_done(entries):
    working = look(query_result=told(*entries, status=1))
    assert isinstance(working, Working)
    assert working.unknown


def test_an_unknown_status_is_named_and_looked_at_again():
    idle = stats(queued=0, running=0)
    assert look(query_result=told(RUNNING, status=7), v1__stats=idle).unknown == "status 7"


def test_a_take_without_a_file_leaves_the_others():
    progress = look(query_result=told(DONE, RUNNING, status=1))
    assert isinstance(progress, Finished)
    assert [bool(take.failed) for take in progress.takes] == [False, True]


@pytest.mark.parametrize("result", ["{", "nonsense", '"text"', "[" * 50_000])
def test_a_result_that_is_no_json_is_never_taken_as_one(result):
    body = (200, inside([{"task_id": TASK, "status": 1, "result": result}]))
    try:
        assert isinstance(look(query_result=body), Working)
    except AnswerUnreadable:
        assert result != '"text"'


@pytest.mark.parametrize(
    ("file", "link"),
    [
        ("/v1/audio?path=%2Ftmp%2Fa%20b.flac", f"{BASE}/v1/audio?path=%2Ftmp%2Fa%20b.flac"),
        ("/tmp/api audio/a.mp3", f"{BASE}/v1/audio?path=%2Ftmp%2Fapi%20audio%2Fa.mp3"),
        ("https://cdn.example/a.mp3", "https://cdn.example/a.mp3"),
    ],
)
def test_a_file_is_found_however_it_is_told_of(file, link):
    assert look(query_result=told(DONE | {"file": file}, status=1)).takes[0].sound == link


def test_a_file_is_fetched_with_the_key_and_only_from_the_server_itself(tmp_path):
    far = Far()
    far.answers["v1/audio"] = (200, b"sound")
    far.provider.fetch(f"{BASE}/v1/audio?path=a", tmp_path / "a")
    far.provider.fetch("http://elsewhere.example/v1/audio?path=a", tmp_path / "a")
    assert [call.headers.get("Authorization") for call in far.calls] == [f"Bearer {KEY}", None]


@pytest.mark.parametrize(
    ("answer", "stopped"),
    [
        ((200, inside({"task_id": TASK, "status": "cancelled"})), True),
        ((200, inside({"cancelled": False})), False),
        ((404, {"detail": "Not Found"}), False),
        ((405, {}), False),
        ((200, inside(None, code=500)), False),
    ],
)
def test_only_a_build_that_can_stop_says_that_it_has(answer, stopped):
    far = Far(cancel_task=answer)
    assert far.provider.cancel(TASK) is stopped
    assert json.loads(far.calls[0].content) == {"task_id": TASK}


# What is known beforehand


def test_it_costs_nothing():
    assert ACEStep.price(CREATE).is_free
    assert Far().provider.balance() is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("[Verse]\nIch und du und die ganze Welt", "de"),
        ("[Chorus]\nThe rain is falling on my window and you", "en"),
        ("Je suis dans la rue avec toi", "fr"),
        ("雨が降る", "ja"),
        ("下雨了", "zh"),
        ("비가 온다", "ko"),
        ("Дождь идёт", "ru"),
        ("La la la", "unknown"),
        ("Donner und Blitz", "unknown"),
        ("[The and you of my heart]", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_language_is_guessed_from_the_words_that_are_sung_or_not_at_all(words, code):
    assert language_of(words) == code


def test_the_guessed_language_is_said_and_a_chosen_one_goes_before_it():
    german = asked(ability="create", style="pop", lyrics="Ich und du und wir")
    provider = Far().provider
    assert provider.understand(german) == "sings in German"
    chosen = german.model_copy(update={"choices": {"language": ("Dutch",)}})
    assert provider.understand(chosen) == "sings in Dutch"
    assert provider.understand(CREATE) == ""


@pytest.mark.parametrize(
    ("style", "tempo"), [("waltz, 90 BPM", 90), ("90bpm", 90), ("400 bpm", None), ("bpm", None)]
)
def test_a_tempo_in_the_style_is_told_as_one(style, tempo):
    far = Far()
    far.provider.start(asked(ability="create", style=style, instrumental=True), NOTHING)
    assert json.loads(far.order.content).get("bpm") == tempo


def test_what_may_disappoint_is_said_before():
    extend = asked(ability="extend", source="song")
    assert "seam" in ACEStep.advice(extend, NOTHING, NOW)
    assert ACEStep.advice(CREATE, NOTHING, NOW) == ""


PROBED = Far().provider.probe()
OFFER = Offer(
    name="gpu",
    kind="acestep",
    title=ACEStep.title,
    abilities=PROBED.abilities,
    models=PROBED.models,
    repeatable=False,
    is_local=False,
    price="",
)


LIMITS = OFFER.limits(Ability.CREATE)


def around(most: int) -> st.SearchStrategy[int]:
    """Return sizes around what is taken at most, where it matters."""
    return st.sampled_from([0, 5, most - 1, most, most + 1])


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    st.sampled_from(["create", "cover", "extend", "add vocals"]),
    st.fixed_dictionaries(
        {name: around(getattr(LIMITS, name)) for name in ("description", "style", "title")}
    ),
    around(4096),
    st.fixed_dictionaries(
        {
            "length": st.sampled_from([None, None, 10.0, 120.0, 600.0, 601.0]),
            "voice": st.sampled_from([None, "female", "male"]),
            "instrumental": st.booleans(),
        }
    ),
)
def test_what_fits_is_sent_within_the_limits_and_uncut(ability, sizes, words, more):
    source = {} if ability == "create" else {"source": "song"}
    texts = {name: name[0] * size for name, size in sizes.items()} | {"lyrics": "a" * words}
    try:
        request = asked(ability=ability, **texts, **more, **source)
        check_fit(request, OFFER, songs=[song()])
    except (ValueError, RequestUnfit):
        return
    far = Far()
    here = replace(material(), file=Path(__file__))
    far.provider.start(request, materials(here) if source else NOTHING)
    order = form_of(far.order)[0] if source else json.loads(far.order.content)
    assert len(order.get("prompt", "")) <= LONGEST_CAPTION
    assert len(order.get("sample_query", "")) <= LONGEST_CAPTION
    assert len(order.get("lyrics", "")) <= 4096
    assert 10 <= float(order.get("audio_duration", 10)) <= 600
    told_of = order.get("prompt", "") + order.get("sample_query", "")
    assert texts["style"] in told_of
    assert texts["description"] in told_of


def test_the_three_lines_of_the_documents_connect_such_a_server(tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "vendors.md").read_text("utf-8")
    block = text.partition("\n## ACE-Step\n")[2].split("```")[1].strip().splitlines()
    start, connect_line, look = (shlex.split(line, comments=True) for line in block)
    assert (start[:3], look) == (["uv", "run", "acestep-api"], ["studio", "doctor"])
    assert connect_line[:2] == ["studio", "connect"]
    told = CliRunner().invoke(connect.command, [*connect_line[2:], "--data", str(tmp_path)])
    assert told.exit_code == 0, told.output
    assert "is connected" in told.output


# The contract, held against a server


@pytest.mark.parametrize(
    ("name", "answers", "holds"),
    [
        ("envelope", {"health": (200, inside({"status": "ok"}))}, True),
        ("envelope", {"health": (200, {"status": "ok"})}, False),
        ("unknown task", {"query_result": told(task=NOBODY)}, True),
        ("unknown task", {"query_result": told(task=NOBODY, status=2)}, False),
        ("counters", {}, True),
        ("counters", {"v1__stats": (200, inside({"jobs": {}}))}, False),
        ("models", {}, True),
        ("models", {"v1__model_inventory": (404, {})}, False),
        ("models", {"v1__model_inventory": (200, b"<html>")}, False),
        ("file elsewhere", {"v1__audio": (403, {"detail": "Access denied"})}, True),
        ("file elsewhere", {"v1__audio": (200, b"root:x:0:0")}, False),
        ("no such claim", {}, None),
    ],
)
def test_a_claim_holds_or_not_as_the_server_answers(name, answers, holds):
    verdict = Far(**answers).provider.examine(Claim(name=name, says=""))
    assert verdict.holds is holds
    assert verdict.found.endswith(".")
    assert "root" not in verdict.found


def test_no_claim_costs_or_starts_anything():
    assert all(claim.price.is_free for claim in ACEStep.claims)
    far = Far(query_result=(200, inside([])), health=(200, inside({})))
    for claim in ACEStep.claims:
        try:
            far.provider.examine(claim)
        except VendorTrouble:
            continue
    assert "release_task" not in far.paths
