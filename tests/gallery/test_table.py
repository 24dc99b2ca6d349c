"""The gallery: found by any words, in pages, and nothing a person types can break it."""

import re
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio import database
from studio.database import Database, exclusive
from studio.errors import NotFound
from studio.gallery.schema import migrations
from studio.gallery.table import KEEP_DELETED, Gallery, _row, _Wanted
from studio.gallery.words import for_index
from studio.songs import OWN, CreateSong, Song

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SCHEMAS = [migration.name for migration in migrations._migrations]


@pytest.fixture(autouse=True)
def hasty_disk(monkeypatch):
    monkeypatch.setattr(database, "ORDERLY", "OFF")


@pytest.fixture
def gallery(tmp_path):
    return Gallery(tmp_path / "studio.db")


def song(number: int = 1, **told) -> Song:
    usual = {
        "id": f"s{number}",
        "title": f"Song {number}",
        "made_at": NOON,
        "connection": "house band",
        "kind": "house_band",
        "job": "j",
        "take": number,
        "request": CreateSong(style="pop"),
        "sound": f"s{number}.mp3",
    }
    return Song(**{**usual, **told})


def found(gallery: Gallery, search: str, **conditions) -> list[str]:
    return [one.id for one in gallery.shelf(search, **conditions).songs]


def test_a_song_comes_back_as_it_was_put(gallery):
    whole = song(
        lyrics='[Verse]\n"月亮" <b>🎺</b>',
        length=61.5,
        seed=2**32 - 1,
        remote="clip",
        link="https://x.example/1",
        link_ends_at=NOON,
        request=CreateSong(description="a day", seed=1),
    )
    gallery.put(whole)
    assert gallery.get("s1") == whole


def test_the_same_song_twice_is_one_song(gallery):
    gallery.put(song(sound=None, link="https://x.example/1"))
    gallery.put(song())
    assert gallery.shelf().total == 1
    assert gallery.get("s1").is_home


def test_the_newest_song_comes_first(gallery):
    for number in (1, 2, 3):
        gallery.put(song(number))
    assert found(gallery, "") == ["s3", "s2", "s1"]


def test_pages_follow_one_another_without_gap_or_repeat(gallery):
    for number in range(1, 8):
        gallery.put(song(number))
    pages, after = [], None
    while True:
        shelf = gallery.shelf(after=after, limit=3)
        pages.append([one.id for one in shelf.songs])
        if (after := shelf.next) is None:
            break
    assert pages == [["s7", "s6", "s5"], ["s4", "s3", "s2"], ["s1"]]
    assert shelf.total == 7


def test_a_full_last_page_is_the_last(gallery):
    for number in (1, 2):
        gallery.put(song(number))
    assert gallery.shelf(limit=2).next is None


def test_a_song_made_meanwhile_does_not_shift_the_pages(gallery):
    for number in (1, 2, 3):
        gallery.put(song(number))
    first = gallery.shelf(limit=2)
    gallery.put(song(4))
    assert [one.id for one in gallery.shelf(after=first.next, limit=2).songs] == ["s1"]


def test_one_can_jump_to_a_page(gallery):
    for number in range(1, 6):
        gallery.put(song(number))
    assert [one.id for one in gallery.shelf(skip=2, limit=2).songs] == ["s3", "s2"]


@pytest.mark.parametrize(
    ("search", "hits"),
    [
        ("", ["s3", "s2", "s1"]),
        ("moon", ["s1"]),
        ("MOON", ["s1"]),
        ("riv", ["s1"]),
        ("moon river", ["s1"]),
        ("river moon", ["s1"]),
        ("moon soul", []),
        ("cafe", ["s2"]),
        ("café", ["s2"]),
        ("月亮", ["s3"]),
        ("亮", ["s3"]),
        ("代表", ["s3"]),
        ("亮月", []),
        ("🎺", ["s2"]),
        ("soul 🎺", ["s2"]),
        ("don't", ["s1"]),
        ("nothing", []),
        ('"moon" OR (soul) NOT* ^', []),
        ("lo-fi", ["s2"]),
    ],
)
def test_a_song_is_found_by_any_of_its_words(gallery, search, hits):
    gallery.put(song(1, title="Moon River", lyrics="I don't know"))
    gallery.put(song(2, title="Café 🎺", style="lo-fi soul"))
    gallery.put(song(3, lyrics="月亮代表我的心"))
    assert found(gallery, search) == hits
    assert gallery.shelf(search).total == len(hits)


def test_a_song_is_found_by_what_was_asked_for(gallery):
    gallery.put(song(1, style="pop, 128 bpm", request=CreateSong(style="pop, upbeat")))
    gallery.put(song(2, request=CreateSong(description="a song about trains")))
    assert (found(gallery, "upbeat"), found(gallery, "train")) == (["s1"], ["s2"])


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300) | st.text(alphabet="\"*^:()-+ ANDORT\0{}\\%_'", max_size=40))
def test_nothing_that_can_be_typed_breaks_the_search(gallery, search):
    gallery.put(song(title="Moon"))
    assert gallery.shelf(search).total in {0, 1}


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(categories=["L", "N"], max_codepoint=0x9FFF), min_size=1))
def test_a_song_is_found_by_its_whole_title(gallery, title):
    gallery.put(song(title=title))
    gallery.rename("s1", title)
    assert gallery.shelf(title[:100]).total == 1


def test_a_renamed_song_is_found_by_its_new_name_only(gallery):
    gallery.put(song(title="Moon"))
    gallery.rename("s1", "Sun")
    assert (found(gallery, "sun"), found(gallery, "moon")) == (["s1"], [])


def test_keepers_can_be_shown_alone(gallery):
    for number in (1, 2):
        gallery.put(song(number))
    gallery.keep("s1", kept=True)
    assert (found(gallery, "", kept=True), found(gallery, "", kept=False)) == (["s1"], ["s2"])


def test_keepers_can_be_searched(gallery):
    for number in (1, 2):
        gallery.put(song(number, title="Moon"))
    gallery.keep("s1", kept=True)
    assert (found(gallery, "moon", kept=True), found(gallery, "moon", kept=False)) == (
        ["s1"],
        ["s2"],
    )
    assert gallery.shelf("moon", kept=True).total == 1


def test_a_deleted_song_is_off_the_shelf_until_it_is_restored(gallery):
    gallery.put(song(title="Moon"))
    gallery.delete("s1", now=NOON)
    gallery.rename("s1", "Sun")
    assert (found(gallery, ""), found(gallery, "sun"), gallery.shelf("sun").total) == ([], [], 0)
    gallery.restore("s1")
    assert (found(gallery, "sun"), gallery.shelf("sun").total) == (["s1"], 1)


def test_what_was_deleted_long_ago_is_forgotten(gallery):
    for number in (1, 2, 3):
        gallery.put(song(number, title="Moon"))
    gallery.delete("s1", now=NOON - KEEP_DELETED - timedelta(seconds=1))
    gallery.delete("s2", now=NOON)
    assert gallery.purge(now=NOON) == ["s1"]
    assert found(gallery, "moon") == ["s3"]
    with pytest.raises(NotFound, match="no song s1"):
        gallery.get("s1")


def test_the_songs_of_a_job_are_in_the_order_of_its_takes(gallery):
    for number in (2, 1):
        gallery.put(song(number))
    gallery.put(song(3, job="other"))
    assert [one.id for one in gallery.of_job("j")] == ["s1", "s2"]


def test_a_song_knows_where_it_came_from_and_what_came_of_it(gallery):
    gallery.put(song(1))
    gallery.put(song(2))
    gallery.put(song(3, parents=("s2", "s1")))
    gallery.put(song(4, parents=("s3",)))
    assert [one.id for one in gallery.parents("s3")] == ["s2", "s1"]
    assert [one.id for one in gallery.children("s1")] == ["s3"]
    assert (gallery.parents("s1"), gallery.children("s4")) == ([], [])


def test_a_deleted_child_is_not_shown_and_a_deleted_parent_is_still_named(gallery):
    gallery.put(song(1))
    gallery.put(song(2, parents=("s1",)))
    gallery.delete("s2", now=NOON)
    gallery.delete("s1", now=NOON)
    assert gallery.children("s1") == []
    assert [one.id for one in gallery.parents("s2")] == ["s1"]


def test_what_was_made_from_a_song_can_be_paged_and_searched(gallery):
    gallery.put(song(1))
    for number in range(2, 7):
        gallery.put(song(number, title=f"Cover {number}", parents=("s1",)))
    gallery.put(song(7, title="Cover of another", parents=("s2",)))
    first = gallery.shelf(made_from="s1", limit=2)
    assert ([one.id for one in first.songs], first.total) == (["s6", "s5"], 5)
    assert found(gallery, "", made_from="s1", after=first.next, limit=9) == ["s4", "s3", "s2"]
    gallery.keep("s3", kept=True)
    assert found(gallery, "cover", made_from="s1", kept=True) == ["s3"]
    assert gallery.shelf("cover", made_from="s1").total == 5


def test_a_song_that_is_gone_leaves_no_trace_in_its_parents(gallery):
    gallery.put(song(1))
    gallery.put(song(2, parents=("s1",)))
    gallery.delete("s2", now=NOON - KEEP_DELETED - timedelta(seconds=1))
    gallery.purge(now=NOON)
    assert gallery.children("s1") == []
    with gallery._store.opened() as db:
        assert db.execute("SELECT count(*) FROM lineage").fetchone() == (0,)


def test_a_sound_that_was_brought_is_found_by_its_title_and_asked_for_nothing(gallery):
    own = song(1, kind=OWN, connection="", job="s1", request=None, facts={"origin": "file"})
    gallery.put(own)
    assert gallery.get("s1") == own
    assert found(gallery, "song") == ["s1"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "keep", "let go", "delete", "restore", "purge"]),
            st.integers(1, 4),
        ),
        max_size=14,
    )
)
def test_the_shelf_knows_how_many_songs_it_holds_whatever_was_done(tmp_path_factory, deeds):
    gallery = Gallery(tmp_path_factory.mktemp("gallery") / "studio.db")
    long_ago = NOON - KEEP_DELETED - timedelta(days=1)
    ways = {
        "put": lambda number: gallery.put(song(number)),
        "keep": lambda number: gallery.keep(f"s{number}", kept=True),
        "let go": lambda number: gallery.keep(f"s{number}", kept=False),
        "delete": lambda number: gallery.delete(f"s{number}", now=long_ago),
        "restore": lambda number: gallery.restore(f"s{number}"),
        "purge": lambda _: gallery.purge(now=NOON),
    }
    for deed, number in deeds:
        with suppress(NotFound):
            ways[deed](number)
    for kept in (None, True, False):
        shelf = gallery.shelf(kept=kept, limit=99)
        assert shelf.total == len(shelf.songs)


def test_no_look_at_the_shelf_goes_through_all_songs(gallery):
    plans = {}
    for name, asked in {
        "all": ("", None, None),
        "kept": ("", True, None),
        "found": ('"moon"*', None, None),
        "children": ("", None, "s1"),
    }.items():
        wanted = _Wanted.of(*asked)
        with gallery._store.opened() as db:
            values = [*wanted.values, 99, 21, 0]
            rows = db.execute(f"EXPLAIN QUERY PLAN {wanted.page}", values).fetchall()
        plans[name] = [row[3] for row in rows]
    walks = {
        name: [line for line in plan if re.match(r"SCAN (?!songs_words)", line) or "TEMP" in line]
        for name, plan in plans.items()
    }
    assert walks == {name: [] for name in plans}


@pytest.mark.parametrize("newer_than", range(len(SCHEMAS) + 1))
def test_every_old_schema_is_brought_to_the_newest(tmp_path, newer_than):
    path = tmp_path / "studio.db"
    if newer_than < len(SCHEMAS):
        with closing(Database(path)) as db, exclusive(db):
            migrations.apply(db, stop_before=SCHEMAS[newer_than])
            if newer_than:
                for number, deleted_at in ((1, None), (2, NOON)):
                    old = song(number, title="Moon 🎺", deleted_at=deleted_at)
                    known = {column.name for column in db.table("songs").columns}
                    row = {name: value for name, value in _row(old).items() if name in known}
                    # The first schema kept the words as they were typed.
                    words = "Moon 🎺" if newer_than == 1 else for_index("Moon 🎺")
                    db.table("songs").insert(row | {"words": words})
    gallery = Gallery(path)
    gallery.put(song(3, title="Moon 🎺"))
    old = ["s1"] if 0 < newer_than < len(SCHEMAS) else []
    assert found(gallery, "moon") == found(gallery, "🎺") == ["s3", *old]
