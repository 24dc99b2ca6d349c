"""The stage: the takes of all makers side by side, as they come home.

Blind, they come on together: who is quick would be known by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.elements.lib.grid_container import GridContainer

from studio.jobs.books.comparisons import Comparison
from studio.jobs.model import Job
from studio.songs import Song
from studio.ui.compare import earlier, levels, performers, takes, verdict, wish
from studio.ui.explain import problems
from studio.ui.form import draft
from studio.ui.opened import studio

LOOK_SECONDS = 1.0
COLUMNS = 3
NARROWEST = 300
"""In pixels, so that a track still shows its title beside its button."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A comparison as it stands now."""

    comparison: Comparison
    jobs: tuple[Job, ...]
    songs: tuple[Song, ...]
    gains: Mapping[str, float] | None
    """By song, how many dB it is turned down; `None` while that is being measured."""

    @property
    def is_busy(self) -> bool:
        """Whether something is still being made."""
        return any(job.state.is_under_way for job in self.jobs)

    @property
    def waits(self) -> bool:
        """Whether takes are held back until all are here."""
        hasty = st.session_state.get(_hasty(self.comparison))
        return not self.comparison.is_open and self.is_busy and not hasty


def look(comparison_id: str) -> Stage:
    """Look how a comparison stands."""
    comparison = studio().comparison(comparison_id)
    songs = studio().takes_of(comparison)
    return Stage(
        comparison=comparison,
        jobs=tuple(map(studio().job, comparison.jobs)),
        songs=songs,
        gains=levels.gains(songs),
    )


def show(comparison_id: str) -> None:
    """Show a comparison, and look again every second for as long as something happens."""
    # Whoever listens to what was bought does not want to buy anything.
    draft.let_go()
    stage = look(comparison_id)
    wish.show_folded(stage.comparison.request)
    levels.show_switches()
    moving = stage.is_busy or stage.gains is None
    first = [stage]

    @st.fragment(run_every=LOOK_SECONDS if moving else None)
    def draw() -> None:
        now = first.pop() if first else look(comparison_id)
        with problems():
            _draw(now)
        if moving and not now.is_busy and now.gains is not None:
            # The whole page, so that the looking ends.
            st.rerun()

    draw()
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Compare once more…", key="compare-again", icon=":material/refresh:"):
            earlier.compare_again(stage.comparison)
        earlier.offer_list()


def _draw(stage: Stage) -> None:
    songs = () if stage.waits else _in_their_places(stage)
    verdict.show(stage.comparison, stage.jobs, songs)
    if stage.comparison.is_blind:
        _draw_blind(stage, songs)
    else:
        _draw_by_maker(stage, songs)


def _in_their_places(stage: Stage) -> Sequence[Song]:
    """Put the songs in order, each where it was first seen: one that comes later moves none."""
    places = st.session_state.setdefault(f"compare-places-{stage.comparison.id}", [])
    places += [song.id for song in stage.songs if song.id not in places]
    return sorted(stage.songs, key=lambda song: places.index(song.id))


def _draw_blind(stage: Stage, songs: Sequence[Song]) -> None:
    if stage.is_busy and not stage.comparison.is_open:
        _show_waiting(stage)
    if songs:
        with _grid(len(songs)) as grid:
            for number, song in enumerate(songs, 1):
                with grid.cell():
                    takes.show(song, number, stage.comparison, gain=_gain(stage, song))
    performers.show_offstage(stage.jobs, is_open=stage.comparison.is_open)


def _draw_by_maker(stage: Stage, songs: Sequence[Song]) -> None:
    """Show each maker with its takes; their keys go on from one to the next."""
    numbers = {song.id: number for number, song in enumerate(songs, 1)}
    with _grid(len(stage.jobs)) as grid:
        for job in stage.jobs:
            with grid.cell():
                performers.show_head(job, stage.comparison.left_out.get(job.id, ()))
                for song in songs:
                    if song.job == job.id:
                        gain = _gain(stage, song)
                        takes.show(song, numbers[song.id], stage.comparison, gain=gain)
                performers.show_state(job)


def _grid(cells: int) -> GridContainer:
    return st.grid(
        min(cells, COLUMNS), min_column_width=NARROWEST, border=True, key="stage", gap="small"
    )


def _show_waiting(stage: Stage) -> None:
    """Say how far all of it is, without telling who is how far."""
    home = len(stage.songs)
    done = [1.0 if not job.state.is_under_way else job.progress or 0.0 for job in stage.jobs]
    with st.container(border=True, key="waiting", gap="small"):
        st.markdown(
            "**Being made.** The takes come on together, so that nobody is known by being quick."
        )
        st.progress(sum(done) / len(done))
        if home and stage.waits:
            st.button(
                f"Listen to the {home} that are here" if home > 1 else "Listen to the one here",
                key="hasty",
                icon=":material/hearing:",
                type="tertiary",
                on_click=_hurry,
                args=(stage.comparison,),
            )


def _hasty(comparison: Comparison) -> str:
    return f"compare-hasty-{comparison.id}"


def _hurry(comparison: Comparison) -> None:
    st.session_state[_hasty(comparison)] = True


def _gain(stage: Stage, song: Song) -> float:
    return levels.wanted((stage.gains or {}).get(song.id, 0.0))
