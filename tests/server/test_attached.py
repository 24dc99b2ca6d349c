"""What is attached to a song: its file, its outline, and nothing once it is removed."""

import pytest

from studio.songs import Attached


@pytest.fixture
def stem(house):
    house.put_song()
    return house.put_found(Attached.STEM, name="Drums", ending="mp3")


def test_outline_of_a_stem_is_between_nothing_and_one(stem, client):
    outline = client.get(f"/app/static/attachments/{stem.id}/peaks.json").json()
    assert len(outline) > 100
    assert all(0 <= peak <= 1 for peak in outline)


def test_what_is_no_sound_has_no_outline(house, client, stem):
    house.put_found(Attached.MIDI, 2, ending="mid")
    (house.settings.songs / "song1.found2.mid").write_bytes(b"MThd")
    house.put_found(Attached.BPM, 3)
    for number in (2, 3):
        answer = client.get(f"/app/static/attachments/found{number}/peaks.json")
        assert answer.status_code == 404


def test_outline_goes_with_its_stem(house, client, stem):
    client.get(f"/app/static/attachments/{stem.id}/peaks.json")
    house.studio.detach(stem.id)
    assert client.get(f"/app/static/attachments/{stem.id}/peaks.json").status_code == 404
    assert not list(house.settings.songs.glob("*found1*"))
