"""Phrases: the two steps to a voice where somebody must sing a phrase first, to show consent.

Which step it is follows from the jobs on disk, so that it outlives a reload and a restart.
"""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial

import streamlit as st

from studio.errors import NotFound
from studio.jobs.model import Job, State
from studio.songs import Ability, AskPhrase, MakeVoice, Song, Window
from studio.ui.form import draft, fields, makers
from studio.ui.form.makers import Maker
from studio.ui.form.press import Asked
from studio.ui.form.source import sources, windows
from studio.ui.form.voices import casting
from studio.ui.opened import studio
from studio.ui.words import plain

PHRASE = "phrase"
"""Among what a model needs for a voice."""
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "zh": "中文",
    "es": "Español",
    "fr": "Français",
    "pt": "Português",
    "de": "Deutsch",
    "ja": "日本語",
    "ko": "한국어",
    "hi": "हिन्दी",
    "ru": "Русский",
    "it": "Italiano",
}
SKILLS: Mapping[str, str] = {
    "beginner": "Beginner",
    "intermediate": "Intermediate",
    "advanced": "Advanced",
    "professional": "Professional",
}


def are_needed(maker: Maker) -> bool:
    """Tell whether a voice is made there only of somebody who sings a phrase."""
    return maker.ability is Ability.VOICE and maker.can and PHRASE in maker.limits.needs


def go(maker: Maker) -> tuple[str, Asked]:
    """Show the step that is next; gives what stands on its button, and what that asks for.

    While there is nothing to do but wait, nothing stands on it.
    """
    first = makers.other(maker, Ability.PHRASE)
    _begin_with_phrase()
    st.markdown("**1. A phrase to sing**")
    song = sources.choose("A song or a recording with the voice", mark=partial(_mark, first))
    job = _job_of(song, maker.name)
    if job is None:
        st.caption(
            f"Choose where the voice is heard alone. {plain(maker.offer.title)} answers with a "
            "phrase for its owner to sing, so that nobody's voice is taken without their knowing."
        )
        _choose_language(first)
        st.caption("2. Sing it: once the phrase is here.")
        return "Ask for the phrase", _ask_phrase(first, song)
    if job.state is not State.DONE or not job.texts:
        st.caption("The phrase is on its way.")
        return "", Asked(first, None)
    _show_phrase(job)
    st.markdown("**2. Sing it**")
    recording = sources.choose(
        "You, singing the phrase", field="recording", not_this=song, brings=True
    )
    _describe(maker)
    return "Make the voice", _ask_voice(maker, recording, job)


def _begin_with_phrase() -> None:
    """Where a voice is asked for anew, begin with the song of its phrase, once."""
    if draft.value("phrase") is None:
        return
    with suppress(NotFound):
        draft.put(source=studio().job(draft.value("phrase")).request.sources[0], put_aside=None)
    draft.put(phrase=None)


def _mark(first: Maker, song: Song) -> None:
    """Mark where the voice is heard best, until that was sent; then the song is enough."""
    with draft.greyed("It was asked for already." if _job_of(song, first.name) else ""):
        windows.choose_window(song, first.limits)


def _choose_language(first: Maker) -> None:
    names = {code: LANGUAGES.get(code, code) for code in first.limits.languages}
    if names:
        fields.one_of("language", "Language of the phrase", names)


def _show_phrase(job: Job) -> None:
    with st.container(border=True, key="phrase", gap="small"):
        st.markdown(f"##### “{plain(job.texts[0].text)}”")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("Sing or say exactly this, alone and close to the microphone.")
            st.button(
                "Ask for another",
                key="another-phrase",
                type="tertiary",
                icon=":material/refresh:",
                on_click=draft.put,
                kwargs={"put_aside": job.id},
            )


def _describe(maker: Maker) -> None:
    casting.name_it(maker)
    casting.describe_it()
    if maker.limits.skills:
        fields.choice("skill", "How well do you sing?", SKILLS, "Not said")


def _ask_phrase(first: Maker, song: Song | None) -> Asked:
    start, end = draft.value("start"), draft.value("end")
    if song is None or start is None or end is None:
        return Asked(first, None, missing="Choose a song in which the voice is heard first.")
    request = AskPhrase(
        source=song.id, window=Window(start=start, end=end), language=draft.value("language")
    )
    return Asked(first, request, studio().estimate(request, first.name))


def _ask_voice(maker: Maker, recording: Song | None, phrase: Job) -> Asked:
    name = str(draft.value("name") or "").strip()
    if recording is None:
        return Asked(maker, None, missing="Record yourself singing the phrase first.")
    if not name:
        return Asked(maker, None, missing="Give the voice a name first.")
    skill = draft.value("skill")
    request = MakeVoice(
        source=recording.id,
        name=name,
        description=str(draft.value("description") or "").strip(),
        style=str(draft.value("style") or "").strip(),
        skill=skill if maker.limits.skills and skill in SKILLS else None,
        phrase=phrase.id,
    )
    return Asked(maker, request, studio().estimate(request, maker.name))


def _job_of(song: Song | None, to: str) -> Job | None:
    """Give the job that asks for a phrase for the voice in `song`, unless it was put aside."""
    if song is None:
        return None
    asked = studio().jobs(of_song=song.id, abilities={Ability.PHRASE})
    over = {State.FAILED, State.CANCELLED}
    there = [job for job in asked if job.connection == to and job.state not in over]
    newest = next(iter(there), None)
    return None if newest is None or newest.id == draft.value("put_aside") else newest
