"""The word lists of Nuro, from which its genre, mood and the rest must be chosen."""

from collections.abc import Mapping

from studio.providers.limits import Choice


def _listed(words: str, *, most: int) -> Choice:
    return Choice(options=tuple(word.strip() for word in words.split(",")), most=most)


VOCAL: Mapping[str, Choice] = {
    "genre": _listed(
        "Pop, Pop Rock, Pop Punk, Pop Rap, Folk, Chinese Style, GuFeng Music, Electronic, DJ, "
        "Future Bass, Chinoiserie Electronic, Hip Hop/Rap, Trap Rap, R&B Rap, Rock, Jazz, "
        "R&B/Soul, Punk, Reggae, Disco, Jazz Pop, Bossa Nova, Contemporary R&B",
        most=1,
    ),
    "mood": _listed(
        "Happy, Dynamic/Energetic, Inspirational/Hopeful, Excited, Chill, Calm/Relaxing, "
        "Dreamy/Ethereal, Sentimental/Melancholic/Lonely, Nostalgic/Memory, Sorrow/Sad, Romantic, "
        "Miss, Groovy/Funky",
        most=1,
    ),
    "timbre": _listed(
        "Warm, Bright, Husky, Electrified voice, Sweet_AUDIO_TIMBRE, Cute_AUDIO_TIMBRE, "
        "Loud and sonorous, Powerful, Sexy/Lazy",
        most=1,
    ),
}

INSTRUMENTAL: Mapping[str, Choice] = {
    # The vendor's heading promises 50; these 47 are what it lists.
    "genre": _listed(
        "corporate, dance/edm, orchestral, chill out, rock, hip hop, folk, funk, ambient, holiday, "
        "jazz, kids, world, travel, commercial, advertising, driving, cinematic, upbeat, epic, "
        "inspiring, business, video game, dark, pop, trailer, modern, electronic, documentary, "
        "soundtrack, fashion, acoustic, movie, tv, high tech, industrial, dance, video, vlog, "
        "marketing, game, radio, promotional, sports, party, summer, beauty",
        most=5,
    ),
    "mood": _listed(
        "positive, uplifting, energetic, happy, bright, optimistic, hopeful, cool, dreamy, fun, "
        "light, powerful, calm, confident, joyful, dramatic, peaceful, playful, soft, groovy, "
        "reflective, easy, relaxed, lively, smooth, romantic, intense, elegant, mellow, emotional, "
        "sentimental, cheerful happy, contemplative, soothing, proud, passionate, sweet, mystical, "
        "tranquil, cheerful, casual, beautiful, ethereal, melancholy, sad, aggressive, haunting, "
        "adventure, serene, sincere, funky, funny",
        most=5,
    ),
    "instrument": _listed(
        "piano, drums, guitar, percussion, synth, electric guitar, acoustic guitar, bass guitar, "
        "brass, violin, cello, flute, organ, trumpet, ukulele, saxophone, double bass, harp, "
        "glockenspiel, synthesizer, keyboard, marimba, bass, banjo, strings",
        most=5,
    ),
    "theme": _listed(
        "inspirational, motivational, achievement, discovery, every day, love, technology, "
        "lifestyle, journey, meditation, drama, children, hope, fantasy, holiday, health, family, "
        "real estate, media, kids, science, education, progress, world, vacation, training, "
        "christmas, sales",
        most=5,
    ),
}

SECTIONS = ("intro", "verse", "chorus", "inst", "bridge", "outro")
