"""Personas: offered until they are forgotten, known for ever."""

from datetime import UTC, datetime

import pytest

from studio import database
from studio.errors import NotFound
from studio.gallery.personas import Personas
from studio.songs import Persona

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hasty_disk(monkeypatch):
    monkeypatch.setattr(database, "ORDERLY", "OFF")


@pytest.fixture
def personas(tmp_path):
    personas = Personas(tmp_path / "studio.db")
    for number, connection in ((1, "house band"), (2, "Aurora")):
        personas.put(persona(number, connection=connection))
    return personas


def persona(number: int = 1, **told) -> Persona:
    usual = {
        "id": f"p{number}",
        "name": f"Voice {number}",
        "connection": "house band",
        "remote": f"r{number}",
        "source": "s1",
        "job": "j",
        "made_at": NOON,
    }
    return Persona.model_validate({**usual, **told})


def test_a_persona_comes_back_as_it_was_put(personas):
    whole = persona(3, name="月 🎤", description="warm", style="soul")
    personas.put(whole)
    assert personas.get("p3") == whole


def test_each_connection_offers_its_own(personas):
    assert [one.id for one in personas.all()] == ["p2", "p1"]
    assert [one.id for one in personas.all("Aurora")] == ["p2"]


def test_a_repeated_step_does_not_undo_what_a_person_has_changed(personas):
    personas.rename("p1", "Ella")
    personas.put(persona(1))
    assert personas.get("p1").name == "Ella"


def test_a_forgotten_persona_is_known_but_not_offered_until_it_is_restored(personas):
    personas.forget("p1", now=NOON)
    personas.put(persona(1))
    assert (personas.get("p1").name, [one.id for one in personas.all()]) == ("Voice 1", ["p2"])
    personas.restore("p1")
    assert [one.id for one in personas.all()] == ["p2", "p1"]


def test_a_persona_that_never_was_is_said_to_be_none(personas):
    for ask in (personas.get, lambda id_: personas.rename(id_, "x")):
        with pytest.raises(NotFound, match="no persona p9"):
            ask("p9")
