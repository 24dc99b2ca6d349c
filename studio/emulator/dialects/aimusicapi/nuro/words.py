"""Nuro words: what can be chosen at nuro, as it is documented."""

GENRES = (
    "Pop",
    "Pop Rock",
    "Pop Punk",
    "Pop Rap",
    "Folk",
    "Chinese Style",
    "GuFeng Music",
    "Electronic",
    "DJ",
    "Future Bass",
    "Chinoiserie Electronic",
    "Hip Hop/Rap",
    "Trap Rap",
    "R&B Rap",
    "Rock",
    "Jazz",
    "R&B/Soul",
    "Punk",
    "Reggae",
    "Disco",
    "Jazz Pop",
    "Bossa Nova",
    "Contemporary R&B",
)
MOODS = (
    "Happy",
    "Dynamic/Energetic",
    "Inspirational/Hopeful",
    "Excited",
    "Chill",
    "Calm/Relaxing",
    "Dreamy/Ethereal",
    "Sentimental/Melancholic/Lonely",
    "Nostalgic/Memory",
    "Sorrow/Sad",
    "Romantic",
    "Miss",
    "Groovy/Funky",
)
TIMBRES = (
    "Warm",
    "Bright",
    "Husky",
    "Electrified voice",
    "Sweet_AUDIO_TIMBRE",
    "Cute_AUDIO_TIMBRE",
    "Loud and sonorous",
    "Powerful",
    "Sexy/Lazy",
)
GENDERS = ("Female", "Male")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


BGM_GENRES = _listed(
    "corporate,dance/edm,orchestral,chill out,rock,hip hop,folk,funk,ambient,holiday,jazz,kids,"
    "world,travel,commercial,advertising,driving,cinematic,upbeat,epic,inspiring,business,"
    "video game,dark,pop,trailer,modern,electronic,documentary,soundtrack,fashion,acoustic,movie,"
    "tv,high tech,industrial,dance,video,vlog,marketing,game,radio,promotional,sports,party,"
    "summer,beauty"
)
BGM_MOODS = _listed(
    "positive,uplifting,energetic,happy,bright,optimistic,hopeful,cool,dreamy,fun,light,powerful,"
    "calm,confident,joyful,dramatic,peaceful,playful,soft,groovy,reflective,easy,relaxed,lively,"
    "smooth,romantic,intense,elegant,mellow,emotional,sentimental,cheerful happy,contemplative,"
    "soothing,proud,passionate,sweet,mystical,tranquil,cheerful,casual,beautiful,ethereal,"
    "melancholy,sad,aggressive,haunting,adventure,serene,sincere,funky,funny"
)
BGM_INSTRUMENTS = _listed(
    "piano,drums,guitar,percussion,synth,electric guitar,acoustic guitar,bass guitar,brass,violin,"
    "cello,flute,organ,trumpet,ukulele,saxophone,double bass,harp,glockenspiel,synthesizer,"
    "keyboard,marimba,bass,banjo,strings"
)
BGM_THEMES = _listed(
    "inspirational,motivational,achievement,discovery,every day,love,technology,lifestyle,journey,"
    "meditation,drama,children,hope,fantasy,holiday,health,family,real estate,media,kids,science,"
    "education,progress,world,vacation,training,christmas,sales"
)
SEGMENTS = {
    "intro": "intro",
    "verse": "verse",
    "chorus": "chorus",
    "inst": "solo",
    "bridge": "bridge",
    "outro": "outro",
}
"""Sections of `v2.0`, and what the band calls each."""
