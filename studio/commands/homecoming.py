"""Homecoming: wait for a job, tell of each song as it arrives, end with the status that fits."""

import signal
import sys
from pathlib import Path

from studio.client import Studio
from studio.commands.copies import copy_song
from studio.commands.listing import to_json
from studio.commands.progress import ProgressLine
from studio.commands.telling import tell_attachment, tell_song
from studio.errors import JobStopped, JobUnsure
from studio.jobs.model import Job
from studio.songs import Song

HOME, STOPPED, UNSURE, INCOMPLETE, INTERRUPTED = 0, 3, 4, 5, 130


def bring_home(studio: Studio, job: Job, out: Path | None) -> int:
    """Wait for `job`, print a line for each song, and return the exit status."""
    homecoming = Homecoming(studio, out)
    # Whoever ends this command kindly should read what becomes of the job, too.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        studio.wait(job.id, on_progress=homecoming.look)
        return homecoming.finish(studio.job(job.id))
    except JobUnsure as problem:
        return homecoming.end(UNSURE, str(problem))
    except JobStopped as problem:
        return homecoming.end(STOPPED, str(problem))
    except KeyboardInterrupt:
        return homecoming.end(
            INTERRUPTED,
            f"Job {job.id} is safe: the next studio that runs with this data folder goes on "
            "with it. See how it stands with: studio jobs",
        )
    finally:
        signal.signal(signal.SIGTERM, before)


class Homecoming:
    """The songs of one job, told of once each."""

    def __init__(self, studio: Studio, out: Path | None) -> None:
        self._studio = studio
        self._out = out
        self._line = ProgressLine(sys.stderr)
        self._told: set[str] = set()

    def look(self, job: Job) -> None:
        """Tell of what has come home since the last look, and how far the rest is."""
        for song_id in job.songs:
            if song_id not in self._told:
                self._tell(self._studio.song(song_id))
        self._line.show(job)

    def finish(self, job: Job) -> int:
        """Tell of the last songs, and return whether everything came home."""
        self.look(job)
        self._tell_findings(job)
        missing = max(len(job.takes), len(job.songs)) - len(self._told)
        if not missing:
            return self.end(HOME)
        reasons = [take.failed for take in job.takes if take.failed]
        return self.end(
            INCOMPLETE,
            " ".join(
                [f"{missing} of {missing + len(self._told)} takes did not come home.", *reasons]
            ),
        )

    def _tell_findings(self, job: Job) -> None:
        """Tell of what a job has found, written or made, other than songs."""
        self._line.clear()
        for attachment_id in job.attached:
            found = self._studio.attachment(attachment_id)
            print(to_json(tell_attachment(found, self._studio.attachment_path(found))), flush=True)
        for text in job.texts:
            print(to_json({**text.model_dump(mode="json"), "job": job.id}), flush=True)
        if job.persona is not None:
            print(to_json(self._studio.persona(job.persona).model_dump(mode="json")), flush=True)

    def end(self, status: int, sentence: str = "") -> int:
        """Leave the terminal clean, with a sentence on standard error where there is one."""
        self._line.clear()
        if sentence:
            print(sentence, file=sys.stderr)
        return status

    def _tell(self, song: Song) -> None:
        file, wav = self._studio.sound_path(song), self._studio.wav_path(song)
        if not song.is_home or file is None:
            return
        if self._out is not None:
            file, *more = copy_song(song.title, [file, *([wav] if wav else [])], self._out)
            wav = more[0] if more else None
        self._line.clear()
        print(to_json(tell_song(song, file, wav)), flush=True)
        self._told.add(song.id)
