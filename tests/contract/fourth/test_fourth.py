"""One vendor more is a file and a line; its counter another: then everything holds for it, too."""

import pytest

from studio.connections import Connection
from studio.emulator import server
from studio.errors import RequestUnfit
from studio.jobs.model import State
from studio.providers import PROVIDERS
from studio.songs import CoverSong, CreateSong, WriteLyrics
from tests.contract.fourth.counter import open_northwind
from tests.contract.fourth.northwind import Northwind
from tests.contract.laws import FAULTS, hindrances, hurry, staged, troubles, undone


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        hurry(patch)
        # The line.
        patch.setitem(PROVIDERS, Northwind.kind, Northwind)
        # And the line of its counter.
        patch.setattr(server, "DIALECTS", (*server.DIALECTS, open_northwind))
        with staged(Northwind.kind, tmp_path_factory.mktemp("fourth") / "stage") as stage:
            yield stage


def test_it_is_done(stage):
    assert undone(stage) == []
    assert {recipe.ability for recipe, *_ in stage.ways.values()} == Northwind.abilities


def test_whatever_happens_on_the_way_is_overcome(stage):
    assert hindrances(stage) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_happens_ends_as_it_should(stage, fault):
    assert troubles(stage, fault) == []


def test_it_is_offered_beside_the_others_with_its_own_limits_and_unit(stage):
    studio, name = stage.vendor.studio, stage.vendor.name
    assert name in studio.who_can(CreateSong(style="x").ability)
    told = studio.estimate(CreateSong(style="x" * 34), name)
    assert "at most 33" in told.problem
    assert studio.estimate(CreateSong(style="x" * 34, model="storm"), name).problem == ""
    assert (told.price.amount, told.price.unit) == (3, "shells")


def test_what_it_cannot_do_is_said_with_who_can(stage):
    studio, name = stage.vendor.studio, stage.vendor.name
    song = studio.songs().songs[0]
    with pytest.raises(RequestUnfit, match=r"Northwind cannot cover songs.*house band"):
        studio.submit(CoverSong(source=song.id, style="jazz"), to=name)


def test_what_it_cost_is_in_the_ledger_in_its_own_unit(stage):
    studio, name = stage.vendor.studio, stage.vendor.name
    job = stage.vendor.run(WriteLyrics(description="wind"))
    (told,) = [one for one in studio.ledger(job.created_at) if one.connection == name]
    assert job.state is State.DONE
    assert (told.spent > 0, told.unit) == (True, "shells")


def test_a_key_of_ones_own_is_all_that_it_takes_far_away(stage):
    studio = stage.vendor.studio
    far = Connection(name="far", kind=Northwind.kind, url=Northwind.home_url)
    studio.connect(far, secret="shh")
    assert studio.offer("far").models.keys() == {"breeze", "storm"}
    studio.forget("far")
