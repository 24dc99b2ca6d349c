"""Prices: who can do what, and for how much; one table, read from what the providers declare."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from studio.client import Offer
from studio.offer import amount_in_words, in_words
from studio.providers.limits import Price
from studio.songs import (
    AddInstrumental,
    AddVocals,
    AskPhrase,
    Concat,
    CoverSong,
    CreateSong,
    Download,
    EnrichTags,
    ExtendSong,
    MakeMidi,
    MakePersona,
    MakeSound,
    MakeVideo,
    MakeVoice,
    MakeWav,
    MashUp,
    MeasureBpm,
    PaintCovers,
    RecoverSong,
    Remaster,
    ReplaceSection,
    SampleSong,
    SongRequest,
    SplitStems,
    SwapSound,
    SwapVocals,
    TakeOutVoice,
    TimeLyrics,
    UploadSound,
    VarySong,
    Window,
    WriteLyrics,
)
from studio.ui.abilities import ABILITIES
from studio.ui.opened import studio
from studio.ui.words import plain

SONG = "song"
"""Stands for whichever song is worked on: prices do not depend on it."""
WINDOW = Window(start=10, end=30)


class Row(NamedTuple):
    """One thing that may cost something."""

    request: SongRequest
    detail: str = ""


ROWS: Sequence[Row] = (
    Row(CreateSong(style="pop")),
    Row(ExtendSong(source=SONG, joined=False)),
    Row(CoverSong(source=SONG)),
    Row(ReplaceSection(source=SONG, window=WINDOW, joined=False)),
    Row(AddVocals(source=SONG)),
    Row(AddInstrumental(source=SONG)),
    Row(SampleSong(source=SONG, window=WINDOW)),
    Row(MashUp(songs=(SONG, "another"))),
    Row(Remaster(source=SONG)),
    Row(Concat(source=SONG)),
    Row(SwapVocals(source=SONG)),
    Row(SwapSound(source=SONG)),
    Row(VarySong(source=SONG)),
    Row(MakeSound(description="rain")),
    Row(SplitStems(source=SONG, detail="basic"), "two"),
    Row(SplitStems(source=SONG, detail="full"), "all"),
    Row(SplitStems(source=SONG, detail="one", instrument="drums"), "one"),
    Row(TakeOutVoice(source=SONG)),
    Row(MakeWav(source=SONG)),
    Row(Download(source=SONG)),
    Row(MakeMidi(source=SONG)),
    Row(MeasureBpm(source=SONG)),
    Row(TimeLyrics(source=SONG)),
    Row(MakeVideo(source=SONG)),
    Row(PaintCovers(source=SONG)),
    Row(WriteLyrics(description="rain")),
    Row(EnrichTags(style="pop")),
    Row(MakePersona(source=SONG, name="Ada")),
    Row(AskPhrase(source=SONG, window=WINDOW)),
    Row(MakeVoice(source=SONG, name="Ada")),
    Row(RecoverSong(source=SONG)),
    Row(UploadSound(source=SONG)),
)
"""Every ability once, by an example; stems three times, for they are sold in three sizes."""


def show_table() -> None:
    """Show for every ability and every connection what one request costs there."""
    box = st.expander("Who can do what, and for how much", key="open-prices", on_change="rerun")
    if box.open:
        with box, st.container(key="prices"):
            st.markdown(table(studio().offers()))
            st.caption("For one request. What must be uploaded or joined besides is counted there.")


def table(offers: Sequence[Offer]) -> str:
    """Give the table in Markdown: a row for each ability, a column for each connection."""
    head = ["", *(plain(offer.name) for offer in offers)]
    lines = [head, [":-", *("-:" for _ in offers)]]
    lines += [[_called(row), *(_cell(row.request, offer) for offer in offers)] for row in ROWS]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _called(row: Row) -> str:
    title = ABILITIES[row.request.ability].title
    return plain(f"{title}, {row.detail}" if row.detail else title)


def _cell(request: SongRequest, offer: Offer) -> str:
    if not _is_had(request, offer):
        return "—"
    models: list[str | None] = [*offer.models_for(request.ability)] or [None]
    asked = [request.model_copy(update={"model": model}) for model in models]
    prices = [studio().price(each, offer.name) for each in asked]
    return plain(_range(sorted(prices, key=lambda price: (price.unit, price.amount))))


def _is_had(request: SongRequest, offer: Offer) -> bool:
    if request.ability not in offer.abilities:
        return False
    models: list[str | None] = [*offer.models_for(request.ability)] or [None]
    sizes = {size for model in models for size in offer.limits(request.ability, model).details}
    return not isinstance(request, SplitStems) or request.detail in sizes


def _range(prices: Sequence[Price]) -> str:
    """Say what the models of a connection ask, from the cheapest to the dearest."""
    least, most = prices[0], prices[-1]
    if least.amount == most.amount or least.unit != most.unit:
        return " or ".join(dict.fromkeys(map(in_words, (least, most))))
    about = "about " if any(price.approximate for price in prices) else ""
    lowest = amount_in_words(least.amount, least.unit).removesuffix(f" {least.unit}")
    return f"{about}{lowest} to {amount_in_words(most.amount, most.unit)}"
