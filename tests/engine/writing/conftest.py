"""A singer who counts the vowels."""

import re

import pytest


def count_vowels(words, language):
    """Count syllables as groups of vowels; a character of Chinese is one."""
    groups = (re.findall(r"[aeiouyäöü]+", re.sub(r"[^\w]", "", word.casefold())) for word in words)
    return tuple(max(1, len(found)) for found in groups)


@pytest.fixture(scope="session")
def syllables():
    return count_vowels
