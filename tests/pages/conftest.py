"""A studio on a fresh data folder, with songs and jobs put in by hand; no band is started."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from studio.audio.files import write_mp3
from studio.client import Connection, Studio
from studio.gallery.attachments import Attachments
from studio.gallery.personas import Personas
from studio.gallery.table import Gallery
from studio.jobs.books.table import JobTable
from studio.jobs.model import Job, State
from studio.providers import PROVIDERS
from studio.settings import Settings
from studio.songs import Attached, Attachment, CreateSong, Persona, Song
from studio.ui import aside, opened
from tests.pages.anybody import Anybody

APP = Path(__file__).parents[2] / "studio" / "app.py"
CLOSED = Connection(name="closed", kind="house_band", url="http://127.0.0.1:9/band")
NASTY = (
    "<b>bold</b><img src=x onerror=alert(1)>",
    "**strong** [link](https://example.org) ![t](https://example.org/t.png)",
    "夜のバス · 中文標題",
    "🎷 :smile: :material/home: :red[warm]",
    "long " * 40,
)


def maker_box(app: AppTest) -> Selectbox:
    """Give the box in which a form lets one choose the connection."""
    return next(box for box in app.selectbox if box.label == "Connection")


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A quarter of a second of real MP3."""
    path = tmp_path_factory.mktemp("sound") / "beep.mp3"
    write_mp3(path, np.zeros((2, 12000), dtype=np.float32), 48000)
    return path.read_bytes()


@dataclass
class House:
    """A data folder, and what can be put into it."""

    settings: Settings
    sound: bytes
    studio: Studio

    def put_song(self, title: str = "Leaving Lights", number: int = 1, **told: object) -> Song:
        """Put a song with a real sound on the shelf."""
        song_id = f"song{number}"
        (self.settings.songs / f"{song_id}.mp3").write_bytes(self.sound)
        song = Song.model_validate(
            {
                "id": song_id,
                "title": title,
                "style": "slow soul",
                "lyrics": "[Verse]\nthe platform lights",
                "length": 0.25,
                "made_at": datetime.now(UTC) - timedelta(minutes=5),
                "connection": "house band",
                "kind": "house_band",
                "job": "job1",
                "take": number,
                "seed": 7,
                "request": CreateSong(style="slow soul", lyrics="[Verse]\nthe platform lights"),
                "sound": f"{song_id}.mp3",
                **told,
            }
        )
        Gallery(self.settings.database).put(song)
        return song

    def put_job(self, state: State, number: int = 1, **told: object) -> Job:
        """Put a job into the table as it is."""
        moment = datetime.now(UTC)
        job = Job.model_validate(
            {
                "id": f"job{number}",
                "key": f"key{number}",
                "connection": "closed",
                "kind": "house_band",
                "request": CreateSong(title=f"Song {number}", style="slow soul"),
                "state": state,
                # Far away, so that no worker takes it up while a page shows it.
                "due_at": moment + timedelta(days=1),
                "created_at": moment,
                "sent_at": moment,
                **told,
            }
        )
        return JobTable(self.settings.database).add(job)

    def put_found(
        self, kind: Attached, number: int = 1, *, song: str = "song1", **told: object
    ) -> Attachment:
        """Put something that was found out beside a song; `ending` gives it a file."""
        found_id = f"found{number}"
        ending = told.pop("ending", None)
        if ending:
            (self.settings.songs / f"{song}.{found_id}.{ending}").write_bytes(self.sound)
        found = Attachment.model_validate(
            {
                "id": found_id,
                "song": song,
                "kind": kind,
                "file": f"{song}.{found_id}.{ending}" if ending else None,
                "connection": "house band",
                "job": "job1",
                "made_at": datetime.now(UTC) - timedelta(minutes=3),
                **told,
            }
        )
        Attachments(self.settings.database).put(found)
        return found

    def put_persona(self, name: str = "Ada", number: int = 1, **told: object) -> Persona:
        """Let a connection know a persona."""
        persona = Persona.model_validate(
            {
                "id": f"persona{number}",
                "name": name,
                "connection": "house band",
                "remote": f"remote{number}",
                "source": "song1",
                "style": "soul",
                "job": "job1",
                "made_at": datetime.now(UTC) - timedelta(minutes=2),
                **told,
            }
        )
        Personas(self.settings.database).put(persona)
        return persona

    def send_the_band_home(self) -> None:
        """Let the house band be at a port where nobody listens, so that none is started."""
        self.studio.connect(CLOSED.model_copy(update={"name": "house band"}), secret="none")

    def close_the_door(self) -> None:
        """Let new songs go where nobody answers."""
        self.studio.connect(CLOSED, secret="none")
        self.studio.choose_default(CLOSED.name)


@pytest.fixture
def house(tmp_path: Path, sound: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    opened.studio.clear()
    # What was answered in another house is not known in this one.
    aside._asked.clear()
    house = House(Settings(data=tmp_path), sound, opened.studio())
    house.send_the_band_home()
    yield house
    opened.studio.clear()


@pytest.fixture
def visit(house: House) -> Callable[..., AppTest]:
    """Open a page as the frame does it."""

    def open_page(page: str, **query: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=20)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        app.switch_page(f"../pages/{page}.py").run()
        return app

    return open_page


@pytest.fixture
def anybody(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Let new songs go to a made-up vendor who can do everything, and is out just now."""
    monkeypatch.setitem(PROVIDERS, Anybody.kind, Anybody)
    house.studio.connect(
        Connection(name="anybody", kind=Anybody.kind, url="http://127.0.0.1:9"), secret="none"
    )
    house.studio.choose_default("anybody")
    return house
