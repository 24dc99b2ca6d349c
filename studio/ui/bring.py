"""Bring: where somebody brings a sound of their own: a file, the microphone, or a link."""

from studio.ui.player import player


def ask(key: str) -> str | None:
    """Offer to bring a sound; gives its id as a song of the gallery, once, when it is there.

    The browser sends it straight to our own address (`studio.routes`), so that it never lies in the
    memory of a page; what is wrong with it is said on the spot.
    """
    asked = player()(key=key, data={"view": "bring"}, on_brought_change=_noted)
    brought: str | None = asked.brought
    return brought


def _noted() -> None:
    """Stand in for a callback: Streamlit keeps only what has one."""
