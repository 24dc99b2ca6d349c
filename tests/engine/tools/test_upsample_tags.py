"""Laws of tags that grow."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.audio.work import UNWATCHED
from studio.engine.brief import Brief
from studio.engine.tools.upsample_tags import TOOL, TagsOptions
from studio.engine.writing.reading import read_brief
from studio.engine.writing.style import STYLES
from studio.engine.writing.tags import meaning, phrases, upsampled
from studio.errors import ToolUnfit

ASKED = [
    "sad piano", "", "悲伤的钢琴", "happy ukulele song with male voice",
    "instrumental lo-fi, no drums", "fast techno 140 bpm", "jazz waltz in D minor",
    "ruhiges trauriges Lied", "dark, wild and loud", "🎷", *STYLES,
]  # fmt: skip


def wish(tags):
    return read_brief(Brief(style=tags))


@pytest.mark.parametrize("tags", ASKED)
def test_rich_tags_mean_the_same_to_the_band(tags):
    for version in upsampled(tags, 1, most=200):
        assert meaning(wish(version), wish(tags)) == meaning(wish(tags), wish(tags))
        assert wish(version).tempo_bpm


@pytest.mark.parametrize("tags", ASKED)
def test_two_versions_differ_and_keep_what_was_said(tags):
    one, other = upsampled(tags, 1, most=200)
    assert one != other
    assert one.startswith(tags)
    assert other.startswith(tags)
    assert min(len(one), len(other)) > len(tags) + 40


@settings(deadline=None)
@given(tags=st.text(max_size=80), limit=st.integers(80, 300))
def test_any_text_grows_no_further_than_the_limit(tags, limit):
    for version in upsampled(tags, 1, most=limit):
        assert len(version) <= limit


def test_what_nobody_wants_is_not_added():
    assert not any(
        "drum" in v.split("no drums")[1] for v in upsampled("pop, no drums", 1, most=300)
    )


def test_every_style_has_something_to_say():
    assert set(phrases().styles) == set(STYLES)


def test_the_file_is_text_or_json_by_its_ending(tmp_path):
    for name in ("tags.txt", "tags.json"):
        facts = TOOL.run([], TagsOptions(tags="sad piano"), tmp_path / name, UNWATCHED)
    lines = (tmp_path / "tags.txt").read_text(encoding="utf-8").splitlines()
    assert lines == [version["tags"] for version in facts["versions"]]
    assert json.loads((tmp_path / "tags.json").read_text(encoding="utf-8")) == facts


def test_tags_beyond_the_limit_are_told_in_a_sentence(tmp_path):
    with pytest.raises(ToolUnfit, match="limit is 40"):
        TOOL.run([], TagsOptions(tags="a" * 41, limit=40), tmp_path / "tags.txt", UNWATCHED)
