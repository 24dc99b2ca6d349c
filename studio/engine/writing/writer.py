"""Writer: words for a song about something, when nobody brought any.

The subject is found in the description and its topic gives the pictures; a poet does the rest.
"""

from collections.abc import Sequence

from studio.engine.brief import Brief
from studio.engine.writing.book import WRITTEN_LANGUAGES, Book, open_book, topics_in
from studio.engine.writing.chance import turn
from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import INSTRUMENTAL_KINDS, Stanza
from studio.engine.writing.poet import Fits, Poet, fitted
from studio.engine.writing.subject import NOTHING, Subject, find_subject, sayable

__all__ = ["WRITTEN_LANGUAGES", "filled", "find_poet", "name_tune", "write_song"]


def write_song(
    brief: Brief, style: str, form: Sequence[Stanza], seed: int
) -> tuple[str, str, tuple[Stanza, ...]]:
    """Return title, language and the stanzas of `form` with words in them.

    Marks that stand for music alone stay without words, and so does a part that is given words
    by its own hand.
    """
    told = f"{brief.description} {brief.title}"
    language = "zh" if language_of(told) == "zh" else "en"
    subject = sayable(find_subject(brief), language)
    poet = find_poet(told, subject, language, style, seed, hint=brief.style)
    return poet.title, language, filled(form, poet)


def name_tune(brief: Brief, style: str, seed: int) -> str:
    """Return a title for a piece without words."""
    title, _, _ = write_song(brief, style, (), seed)
    return title


def find_poet(
    about: str,
    subject: Subject,
    language: str,
    style: str,
    seed: int,
    *,
    hint: str = "",
    fits: Fits = lambda _line: True,
) -> Poet:
    """Return a poet who knows the topic.

    Parameters
    ----------
    about
        All that was said about the song; its topics are looked for here first.
    subject
        What is sung about by name, if anything.
    language
        One of `WRITTEN_LANGUAGES`.
    style, seed
        Name of a style file, and what else decides.
    hint
        Where to look for a topic if there is none in the text.
    fits
        Which lines can be sung in the time there is.
    """
    book = open_book(language)
    topics = topics_in(language, about)[:2]
    if topics and language_of(about) != language:
        # A phrase of another language does not stand in the sentence, and the topic says enough.
        subject = NOTHING
    subject = fitted(book, subject, fits)
    if not topics and not subject:
        topics = topics_in(language, hint)[:2] or [_usual(book, style, seed)]
    return Poet(book, topics, subject, style, seed, fits=fits)


def filled(form: Sequence[Stanza], poet: Poet) -> tuple[Stanza, ...]:
    """Return the stanzas of `form`, with words where they want some and have none."""
    return tuple(
        stanza
        if stanza.kind in INSTRUMENTAL_KINDS or stanza.lines
        else Stanza(stanza.kind, stanza.name, poet.stanza(stanza.kind))
        for stanza in form
    )


def _usual(book: Book, style: str, seed: int) -> str:
    return turn(seed, "topic", book.usual.get(style, tuple(book.topics)))
