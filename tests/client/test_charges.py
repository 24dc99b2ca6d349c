"""Charges: what was estimated is what a practice vendor takes, with uploads and joins."""

import numpy as np
import pytest

from studio.audio.files import write
from studio.jobs.model import State
from studio.songs import (
    CoverSong,
    CreateSong,
    EnrichTags,
    ExtendSong,
    MakeMidi,
    MakePersona,
    MakeWav,
    MeasureBpm,
    Remaster,
    SplitStems,
    WriteLyrics,
)
from tests.contract.sonic import SonicBand


@pytest.fixture
def desk(open_one):
    return open_one(musicians=SonicBand())


@pytest.fixture
def demo(studio, tmp_path) -> str:
    """A sound of one's own, which the vendor has never heard."""
    beat = np.sin(np.arange(20 * 44_100) * 0.05) * (np.arange(20 * 44_100) % 22_050 < 2_000)
    write(tmp_path / "demo.wav", np.array([beat, beat], np.float32) * 0.5, 44_100)
    return studio.bring(tmp_path / "demo.wav").id


def paid(rehearsal, studio, request, to) -> float:
    """Have everything done that `request` takes, and count what is gone."""
    before = rehearsal.room.balance(studio.connection(to)).amount
    job = studio.submit(request, to=to)
    for needed in job.needs:
        assert rehearsal.drive(needed).state is State.DONE
    assert rehearsal.drive(job.id).state is State.DONE, studio.job(job.id).reason
    for part in studio.parts(job.id):
        assert rehearsal.drive(part.id).state is State.DONE, studio.job(part.id).reason
    return before - rehearsal.room.balance(studio.connection(to)).amount


@pytest.mark.parametrize(
    "kind",
    [
        CreateSong,
        CoverSong,
        ExtendSong,
        Remaster,
        MeasureBpm,
        MakeMidi,
        MakeWav,
        MakePersona,
        SplitStems,
    ],
)
def test_what_was_estimated_is_what_is_taken(rehearsal, studio, practice, demo, kind):
    told = {
        CreateSong: {"style": "pop", "lyrics": "[Verse]\nla la la"},
        CoverSong: {"source": demo, "style": "pop"},
        ExtendSong: {"source": demo, "style": "pop", "lyrics": "[Verse]\nla la la"},
        MakePersona: {"source": demo, "name": "Ella"},
    }.get(kind, {"source": demo})
    request = kind(**told)
    estimate = studio.estimate(request, practice)
    assert estimate.problem == ""
    taken = paid(rehearsal, studio, request, practice)
    price = estimate.price
    assert taken == price.amount or (price.approximate and 0 < taken < price.amount)


def test_what_was_paid_stands_in_the_ledger(rehearsal, studio, practice, demo):
    began = rehearsal.clock()
    taken = sum(
        paid(rehearsal, studio, request, practice)
        for request in (
            MakeWav(source=demo),
            WriteLyrics(description="rain"),
            EnrichTags(style="soul"),
        )
    )
    [spent] = studio.ledger(began)
    assert (spent.connection, spent.spent, spent.refunded) == (practice, taken, 0)
