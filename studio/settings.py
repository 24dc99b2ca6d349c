"""Where this studio keeps its things, told by the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True)
class Settings:
    """The data folder, what lies where in it, and the environment that keys are read from."""

    data: Path
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Not shown by `repr`: it may hold keys."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Take the data folder from `STUDIO_DATA`, or the platform's own place for such things."""
        told = environ.get("STUDIO_DATA", "").strip()
        data = Path(told).expanduser() if told else user_data_path("woodshed", appauthor=False)
        return cls(data=data.absolute(), environ=environ)

    @property
    def database(self) -> Path:
        """Jobs and songs."""
        return self.data / "studio.db"

    @property
    def songs(self) -> Path:
        """Folder of the sounds and pictures that are home."""
        return self.data / "songs"

    @property
    def early(self) -> Path:
        """Folder of the first seconds of takes that are still being made."""
        return self.data / "early"

    @property
    def incoming(self) -> Path:
        """Folder of what is being brought, until it is known to be sound."""
        return self.data / "incoming"

    @property
    def public(self) -> Path:
        """The public address, where one was set."""
        return self.data / "studio.json"

    @property
    def private_links(self) -> bool:
        """Whether links to addresses inside one's own network may be called."""
        return self.environ.get("STUDIO_ALLOW_PRIVATE_LINKS", "").strip() == "1"

    @property
    def connections(self) -> Path:
        """The connections, without their keys."""
        return self.data / "connections.json"

    @property
    def probes(self) -> Path:
        """What servers that differ from others were found to be able to do."""
        return self.data / "probes.json"

    @property
    def contracts(self) -> Path:
        """What came of holding vendors to what their documents say."""
        return self.data / "contracts.json"

    @property
    def keys(self) -> Path:
        """The keys, readable by their owner alone."""
        return self.data / "keys.json"

    @property
    def backstage(self) -> Path:
        """Where the emulator of this data folder listens, and its key."""
        return self.data / "backstage.json"

    @property
    def turns(self) -> Path:
        """Folder of the turns that were taken at vendors who take only so many calls."""
        return self.data / "turns"

    @property
    def emulator(self) -> Path:
        """Folder of the emulator's own books."""
        return self.data / "emulator"
