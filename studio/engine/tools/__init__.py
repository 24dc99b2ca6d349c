"""Tools that know a score, where there is one, and how to play one. One file each, and a line here.

On a song of the band they work from its score, and are exact; on any other sound they measure.
"""

TOOLS: dict[str, str] = {
    "add-band": "Let a band play along with a voice that came alone.",
    "add-vocals": "Let somebody sing a new tune over an instrumental.",
    "cover": "Play a song in another style, with as much of the original as is wished.",
    "extend": "Let a sound go on from any second of it, or put something in front.",
    "make-lyrics": "Write two versions of words about something, in lines that can be sung.",
    "mashup": "Lay the voice of the first song over the music of the second.",
    "measure": "Tell tempo, beats, bars, key, chords, sections and loudness of a sound.",
    "midi": "Write a sound as notes, for any sequencer: tempo, bars, key and voices.",
    "paint": "Paint two pictures for a song, to choose a cover from.",
    "persona": "Keep the voice of a song, so that it can sing others.",
    "remaster": "Master a song anew: subtle, normal or high.",
    "replace": "Put other words or other music into a window of a sound.",
    "sample": "Make a new song on a loop taken out of another sound.",
    "sound": "Make a short sound: a loop of some of the band, or noises for a scene.",
    "stems": "Take a song apart: 2 stems, 12, each, one alone, or all but one.",
    "timeline": "Tell when each line and word of the lyrics is sung, as JSON, LRC, SRT or VTT.",
    "upsample-tags": "Turn a few words about a sound into a rich description, twice.",
    "video": "Make a video of a song: cover, moving levels, and its words in time.",
    "vox": "Take out the voice alone, of up to 30 s.",
}
"""By name, which is that of the file (with `-` for `_`), and what `studio tool` says of it."""
