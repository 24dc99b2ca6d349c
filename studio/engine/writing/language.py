"""Language: which one a text is written in, from its letters and its small words."""

import re

SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"),
    ("zh", r"[\u3400-\u4dbf\u4e00-\u9fff]"),
    ("ko", r"[\uac00-\ud7af]"),
    ("ar", r"[\u0600-\u06ff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("hi", r"[\u0900-\u097f]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("el", r"[\u0370-\u03ff]"),
    ("uk", r"[іїєґІЇЄҐ]"),
    ("ru", r"[\u0400-\u04ff]"),
)
"""The first script that a fifth of the letters belongs to decides."""

SMALL_WORDS = {
    "en": "the and you i to a of my in me it is on your we that with for are all this be will so "
    "do no yes was have not but from out up down when what can don oh like know",
    "de": "und ich der die das du nicht ist ein eine mein dein wir mich dich es im auf mit dem zu",
    "fr": "le les et je tu un une des est mon ton dans pas pour sur que nous vous ne au",
    "es": "el los y yo tú un una de es mi tu en no por que con para te se lo las",
    "it": "il lo e io tu un una di è mio tuo in non per che con mi ti si gli della",
    "pt": "o a os e eu você um uma de é meu teu em não por que com para te se as do da",
    "nl": "de het een en ik jij je niet is mijn van in op met dat wij voor maar",
    "sv": "och jag du det en ett inte är min din i på med att vi som för",
    "pl": "ja ty nie jest w na z się mój twój że jak",
    "tr": "ve ben sen bir bu da de için ne var çok gibi",
}
SCRIPT_SHARE = 0.2


def language_of(text: str) -> str:
    """Return two letters for the language of `text`; English where nothing tells."""
    letters = [character for character in text if character.isalpha()]
    for language, pattern in SCRIPTS:
        share = 0.0 if language in {"ja", "uk"} else SCRIPT_SHARE
        found = sum(1 for letter in letters if re.match(pattern, letter))
        if found > share * len(letters):
            return language
    words = set(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = {
        language: sum(word in words for word in small.split())
        for language, small in SMALL_WORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > scores["en"] else "en"
