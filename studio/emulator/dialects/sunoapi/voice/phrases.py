"""Phrases: what somebody is asked to say, so that a voice is not made without its owner."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "The morning train crosses the old stone bridge",
        "Seven green lamps are burning on the quiet pier",
        "Nobody told the gardener about the early snow",
    ),
    "zh": ("清晨的火车驶过古老的石桥", "码头上亮着七盏绿色的灯", "没有人告诉园丁雪下得这么早"),
    "es": (
        "El tren de la mañana cruza el viejo puente de piedra",
        "Siete faroles verdes arden en el muelle tranquilo",
    ),
    "fr": (
        "Le train du matin passe le vieux pont de pierre",
        "Sept lampes vertes brûlent sur le quai tranquille",
    ),
    "pt": (
        "O comboio da manhã atravessa a velha ponte de pedra",
        "Sete luzes verdes ardem no cais tranquilo",
    ),
    "de": (
        "Der Morgenzug fährt über die alte Steinbrücke",
        "Sieben grüne Lampen brennen am stillen Hafen",
    ),
    "ja": ("朝の列車が古い石橋を渡る", "静かな桟橋に七つの緑の灯がともる"),
    "ko": ("아침 기차가 오래된 돌다리를 건넌다", "조용한 부두에 초록 등불 일곱 개가 켜져 있다"),
    "hi": ("सुबह की रेल पुराने पत्थर के पुल से गुज़रती है", "शांत घाट पर सात हरे दीपक जल रहे हैं"),
    "ru": (
        "Утренний поезд идёт по старому каменному мосту",
        "Семь зелёных ламп горят на тихой пристани",
    ),
}
"""By language."""


def phrase(language: str, task: str, turn: int) -> str:
    """Return what is to be said for a task; another one at each turn."""
    phrases = PHRASES[language]
    return phrases[(int(task, 16) + turn) % len(phrases)]
