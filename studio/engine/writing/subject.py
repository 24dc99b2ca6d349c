"""Subject: what a song is about in the person's own words, made fit to be sung in a sentence."""

import re
from dataclasses import dataclass
from typing import Literal

from studio.engine.brief import Brief

Kind = Literal["noun", "gerund"]

LONGEST_SUBJECT = 5
"""Words; what is longer gives its topic, but is not sung as it stands."""
LONGEST_SUBJECT_ZH = 8
"""Characters."""

KEPT = " '\u2019-"
"""Signs that may stand in a subject."""

_ABOUT = re.compile(
    r"\b(?:about|for|dedicated to|called|über)\s+(.+?)(?=$|[,.;:!?\n]|\s+(?:with|in|at|sung|by)\b)",
    re.IGNORECASE,
)
_ABOUT_ZH = re.compile(r"(?:关于|唱给|写给|献给)(.{1,8}?)(?:的|$|[\uff0c\u3002,.])")
_CLAUSE_ZH = re.compile("^(?:我们|你们|他们|我|你|他|她)(?!的)")
_CLAUSE = re.compile(
    r"(?:someone|somebody|a \w+ who|how|what|why|when|that|i|we|he|she|they|it|you|there)\b"
    r"(?!['\u2019])",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\b(?i:my|our|your|his|her|their|the|an?)\s+[\w'\u2019-]+(?:\s+[A-Z][\w'\u2019-]*)?"
)
_TURN = re.compile(
    r"\s+(?:who|that|which|when|where|while|because|and|or|but|in(?! love)|on|at|with|without|"
    r"from|by|after|before|is|are|was|were|has|had|will)\s",
    re.IGNORECASE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.split(r"\s+", text))


_DETERMINERS = _words(
    "a an the my our your his her their its this that these those some any no every each all both "
    "many few two three four five six seven eight nine ten one me you him us them it "
    "being nobody everybody someone everyone something nothing everything"
)
_MASS = _words(
    "love rain snow coffee tea water money time music hope peace code work home winter summer "
    "autumn spring night life death fear joy fire ice light darkness silence sleep sand gold "
    "silver dust wine beer bread jazz soul rock dawn dusk midnight monday tuesday wednesday "
    "thursday friday saturday sunday christmas heaven hell school college space nature "
    "courage anger pride grace luck trouble weather freedom wisdom homework software football "
    "fun youth age memory faith truth beauty grief loss war science pizza chocolate sunshine "
    "moonlight thunder fog smoke air earth sugar salt rice heartbreak laughter "
    "overtime toast goodbye traffic revolution rebellion depression sadness lightning homesickness"
)
_MASS_ENDINGS = (
    "ness",
    "tion",
    "sion",
    "ity",
    "ism",
    "dom",
    "ship",
    "hood",
    "ment",
    "ance",
    "ence",
)
_THINGS_IN_ING = _words(
    "thing king ring spring morning evening wedding string nothing something everything anything "
    "ceiling darling sibling building wing feeling sterling sling viking duckling beijing"
)
_SMALL = _words(
    "about with from into over under the and for that this your their they them have been were "
    "what when where which who whom how why song songs some very just like"
)
_VERBS_ZH = tuple(
    re.split(
        r"\s+",
        "离开 告别 回 去 想 爱 写 学 跑 等 寻找 追 加班 旅行 毕业 分手 失恋 长大 下雨 下雪 过 做 "
        "看 听 唱 跳 走 找 搬 开 游泳 努力 调试 编程 奋斗",
    )
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is sung about."""

    text: str
    """As it stands in the middle of a sentence; empty if nothing can be sung as it stands."""
    kind: Kind = "noun"

    def __bool__(self) -> bool:
        """Tell whether there is anything to sing."""
        return bool(self.text)


NOTHING = Subject("")


def find_subject(brief: Brief) -> str:
    """Return what the song is about in the person's own words, if it can be sung as it stands."""
    text = brief.description or brief.title
    found = _ABOUT_ZH.search(text) or _ABOUT.search(text)
    subject = _plain(found.group(1)) if found else ""
    return subject if _is_short(subject) and not _CLAUSE.match(subject) else ""


def condensed(text: str) -> str:
    """Return the few words of a longer text that it is about; empty if there are none."""
    whole = _plain(text)
    asked = find_subject(Brief(description=text))
    if asked or not whole:
        return asked
    if is_chinese(whole):
        return whole if len(whole) <= LONGEST_SUBJECT_ZH else whole[:LONGEST_SUBJECT_ZH]
    head = _TURN.split(whole)[0]
    if _is_short(head) and not _CLAUSE.match(head):
        return head
    owned = _OWNED.search(whole)
    if owned:
        return owned.group(0)
    words = [word for word in re.findall(r"[^\W_]{3,20}", whole) if word.casefold() not in _SMALL]
    return max(words, key=len, default="")


def sayable(subject: str, language: str) -> Subject:
    """Return a subject with the article or the form that it needs within a sentence."""
    if not subject:
        return NOTHING
    if language == "zh":
        subject = _CLAUSE_ZH.sub("", subject).removesuffix("了") or subject
        verb = (
            any(subject.startswith(verb) for verb in _VERBS_ZH)
            and len(subject) > 1
            and "的" not in subject
        )
        return Subject(subject, "gerund" if verb else "noun")
    words = (subject.lower() if subject.isupper() and len(subject) > 4 else subject).split()  # noqa: PLR2004 - NASA
    if words[0].casefold() == "to" and len(words) > 1:
        return Subject(" ".join((_gerund(words[1].casefold()), *words[2:])), "gerund")
    if words[0].casefold() in _DETERMINERS:
        words[0] = words[0].casefold()
        return Subject(" ".join(words))
    if _is_doing(words[0].casefold()):
        return Subject(" ".join((words[0].casefold(), *words[1:])), "gerund")
    return Subject(" ".join(words) if _stands_alone(words) else f"the {' '.join(words)}")


def is_chinese(text: str) -> bool:
    """Tell whether most of a text is written in Chinese characters."""
    return sum("\u3400" <= sign <= "\u9fff" for sign in text) * 2 > len(text)


def _plain(text: str) -> str:
    kept = "".join(sign if sign.isalnum() or sign in KEPT else " " for sign in text)
    return " ".join(kept.split()).strip(KEPT) if not re.search(r"https?:|www\.", text) else ""


def _is_short(text: str) -> bool:
    if is_chinese(text):
        return len(text) <= LONGEST_SUBJECT_ZH
    return len(text.split()) <= LONGEST_SUBJECT and not re.search(r"\d{3}|\w{21}", text)


def _stands_alone(words: list[str]) -> bool:
    """Tell whether a noun needs no article: a name, a plural, or what cannot be counted."""
    last = words[-1]
    small = last.casefold()
    plural = small.endswith("s") and not small.endswith(("ss", "us", "is"))
    uncounted = (
        small in _MASS or _is_doing(small) or (len(words) == 1 and small.endswith(_MASS_ENDINGS))
    )
    return plural or uncounted or last[:1].isupper() or not small.isascii() or "'s" in words[0]


def _is_doing(word: str) -> bool:
    return word.endswith("ing") and word not in _THINGS_IN_ING


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb):
        return verb + verb[-1] + "ing"
    return verb + "ing"
