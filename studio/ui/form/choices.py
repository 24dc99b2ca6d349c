"""Choices: the lists that a model offers, and the form that it lets one build, drawn from data."""

import streamlit as st

from studio.providers.limits import Choice, Limits
from studio.ui.form import draft
from studio.ui.words import clock

USUAL_SECONDS = 20.0
MOST_SECTIONS = 12


def are_offered(limits: Limits) -> bool:
    """Tell whether there is anything to choose from."""
    return bool(limits.choices or limits.sections)


def title_of(limits: Limits) -> str:
    """Name what there is to choose: `Genre, mood, form`."""
    names = [*limits.choices, *(["form"] if limits.sections else [])]
    return _titled(", ".join(names))


def choose(limits: Limits) -> None:
    """Show every list that the model offers, and the parts of its form."""
    for name, choice in limits.choices.items():
        _choose_from(name, choice)
    if limits.sections:
        _build_form(limits)


def _choose_from(name: str, choice: Choice) -> None:
    key = draft.key(f"choices-{name}")
    chosen = [option for option in _chosen(name) if option in choice.options][: choice.most]
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.multiselect(
        _titled(name) + (f" (up to {choice.most})" if choice.most > 1 else ""),
        list(choice.options),
        key=key,
        format_func=_titled,
        max_selections=choice.most,
        placeholder="left to the model",
        on_change=_note_choice,
        args=(name, key),
    )


def _chosen(name: str) -> list[str]:
    return list((draft.value("choices") or {}).get(name, ()))


def _note_choice(name: str, key: str) -> None:
    draft.put(choices={**(draft.value("choices") or {}), name: list(st.session_state[key])})


def _titled(name: str) -> str:
    return name.replace("_", " ").removesuffix(" AUDIO TIMBRE").strip().capitalize()


def _build_form(limits: Limits) -> None:
    """Let the form be put together from named parts with a length each."""
    sections = draft.value("sections") or []
    total = sum(seconds for _, seconds in sections)
    st.caption(f"Form: {len(sections)} parts, {clock(total)}" if sections else "Form: as it comes")
    for number, (name, seconds) in enumerate(sections):
        _show_section(number, name, seconds)
    with st.container(horizontal=True, vertical_alignment="center", key="form-parts"):
        st.caption("Add a part:", width="content")
        for name in limits.sections:
            st.button(
                _titled(name),
                key=draft.key(f"add-{name}"),
                type="tertiary",
                disabled=len(sections) >= MOST_SECTIONS,
                on_click=_change,
                args=([*sections, [name, USUAL_SECONDS]],),
            )


def _show_section(number: int, name: str, seconds: float) -> None:
    sections = draft.value("sections")
    key = draft.key(f"section-{number}")
    if st.session_state.get(key) != seconds:
        st.session_state[key] = float(seconds)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            f"{number + 1}. {_titled(name)}, seconds",
            min_value=1.0,
            step=5.0,
            format="%.0f",
            key=key,
            width=220,
            on_change=_note_seconds,
            args=(number, key),
        )
        st.button(
            f"Leave out part {number + 1}",
            key=draft.key(f"drop-small-{number}"),
            icon=":material/close:",
            type="tertiary",
            on_click=_change,
            args=([*sections[:number], *sections[number + 1 :]],),
        )


def _note_seconds(number: int, key: str) -> None:
    sections = [list(section) for section in draft.value("sections")]
    sections[number][1] = st.session_state[key]
    _change(sections)


def _change(sections: list[list[object]]) -> None:
    draft.put(sections=sections)
