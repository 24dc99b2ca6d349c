// The one sound of the whole studio: a single audio element that belongs to the window, so that
// it plays on while Streamlit redraws pages, and every view shows the same position.

import { isMeantElsewhere } from "./parts.js";

const EARLY_LOOK_MS = 700;
const REMEMBERED = "woodshed.playing";

class Sound extends EventTarget {
  constructor() {
    super();
    this.now = null; // the track that is loaded
    this.queue = []; // the tracks that were on the page when it was started
    this.waiting = false; // early seconds are over, the rest is still being made
    this.failed = false;
    this.hand = 1; // how loud a person wants it; a track may ask for less, see `level`
    this.audio = document.createElement("audio");
    this.audio.preload = "metadata";
    this.audio.hidden = true;
    document.body.append(this.audio);
    for (const event of ["play", "pause", "loadedmetadata", "durationchange", "volumechange"]) {
      this.audio.addEventListener(event, () => this.tell());
    }
    this.audio.addEventListener("play", () => this.tick());
    this.audio.addEventListener("timeupdate", () => this.dispatchEvent(new Event("time")));
    this.audio.addEventListener("seeked", () => this.dispatchEvent(new Event("time")));
    this.audio.addEventListener("ended", () => this.ended());
    this.audio.addEventListener("error", () => this.broken());
    window.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("pagehide", () => this.remember());
    this.listenToMediaKeys();
    this.recall();
  }

  get playing() {
    return this.now !== null && (!this.audio.paused || this.waiting);
  }

  get position() {
    return this.audio.currentTime || 0;
  }

  get volume() {
    return this.hand;
  }

  set volume(share) {
    this.hand = share;
    this.level();
  }

  /** Songs side by side are as loud as the softest: some are turned down by `gain` dB, none up. */
  level() {
    this.audio.volume = this.hand * 10 ** (Math.min(0, this.now?.gain ?? 0) / 20);
  }

  /** Length of the whole track in seconds, known before all of it is there. */
  get length() {
    const heard = Number.isFinite(this.audio.duration) ? this.audio.duration : 0;
    return this.now?.sound ? heard || this.now.length || 0 : this.now?.length || heard;
  }

  /** Furthest second that can be played now. */
  get reach() {
    return Number.isFinite(this.audio.duration) ? this.audio.duration : this.length;
  }

  is(track) {
    return this.now !== null && this.now.key === track.key;
  }

  start(track, queue = [track]) {
    const at = this.placeIn(track);
    this.queue = queue;
    this.load(track, at);
    this.resume();
  }

  /** Where `track` begins: at the same second, where it stands side by side with what is loaded. */
  placeIn(track) {
    const together = track.beside && track.beside === this.now?.beside && !this.audio.ended;
    return together && this.position < (track.length ?? 0) - 1 ? this.position : 0;
  }

  load(track, at = 0) {
    this.now = track;
    this.waiting = false;
    this.failed = false;
    this.audio.src = track.sound || track.early;
    if (at) this.audio.currentTime = at;
    this.level();
    this.watchEarly();
    this.describe();
    this.tell();
  }

  resume() {
    this.audio.play().catch(() => this.tell());
  }

  toggle() {
    if (this.now === null) return;
    if (this.playing) this.pause();
    else this.resume();
  }

  pause() {
    this.waiting = false;
    this.audio.pause();
    this.tell();
  }

  seek(seconds) {
    if (this.now === null) return;
    this.audio.currentTime = Math.max(0, Math.min(seconds, this.reach - 0.05));
    this.dispatchEvent(new Event("time"));
  }

  /** Step through the queue; within a song, back means to its beginning first. */
  step(by) {
    if (by < 0 && this.position > 3 && !this.now?.beside) return this.seek(0);
    const next = this.queue[this.place() + by];
    if (next) this.start(next, this.queue);
  }

  place() {
    return this.queue.findIndex((track) => this.is(track));
  }

  has(by) {
    return this.place() >= 0 && this.queue[this.place() + by] !== undefined;
  }

  /** A page knows more of a track than when it was started: its name, or the whole of it. */
  learn(track) {
    this.queue = this.queue.map((known) => (known.key === track.key ? track : known));
    if (!this.is(track) || JSON.stringify(track) === JSON.stringify(this.now)) return;
    const whole = track.sound && !this.now.sound;
    if (whole) this.moveOver(track);
    else if (track.sound || !this.now.sound) {
      this.now = { ...this.now, ...track };
      this.level();
      this.describe();
      this.tell();
    }
  }

  /** From the early seconds to the whole song, at the same place. */
  moveOver(track) {
    const [at, playing] = [this.position, this.playing];
    this.load({ ...this.now, ...track }, at);
    if (playing) this.resume();
  }

  watchEarly() {
    clearTimeout(this.look);
    if (!this.now || this.now.sound || !this.now.take) return;
    const asked = this.now;
    this.look = setTimeout(async () => {
      const made = await fetch(asked.take).then((answer) => (answer.ok ? answer.json() : null), () => null);
      if (this.now !== asked && !this.is(asked)) return;
      if (made?.song) this.learn({ ...this.now, ...made });
      else if (made?.over) this.pause();
      else this.watchEarly();
    }, EARLY_LOOK_MS);
  }

  ended() {
    if (this.now && !this.now.sound) {
      this.waiting = true;
      this.tell();
    } else if (this.has(1)) this.step(1);
    else this.tell();
  }

  broken() {
    this.failed = this.now !== null;
    this.waiting = false;
    this.tell();
  }

  tick() {
    if (this.audio.paused || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.dispatchEvent(new Event("time"));
    requestAnimationFrame(() => this.tick());
  }

  tell() {
    this.dispatchEvent(new Event("change"));
    if ("mediaSession" in navigator) {
      navigator.mediaSession.playbackState = this.playing ? "playing" : "paused";
    }
  }

  /** Space plays and pauses, unless somebody is typing or has a button under the finger. */
  key(event) {
    if (event.code !== "Space" || this.now === null) return;
    if (isMeantElsewhere(event, "input, button, a, summary, [role]")) return;
    event.preventDefault();
    this.toggle();
  }

  listenToMediaKeys() {
    if (!("mediaSession" in navigator)) return;
    const keys = navigator.mediaSession;
    keys.setActionHandler("play", () => this.resume());
    keys.setActionHandler("pause", () => this.pause());
    keys.setActionHandler("previoustrack", () => this.step(-1));
    keys.setActionHandler("nexttrack", () => this.step(1));
    keys.setActionHandler("seekto", (where) => this.seek(where.seekTime));
  }

  describe() {
    if (!("mediaSession" in navigator) || !this.now) return;
    const artwork = this.now.cover
      ? [{ src: new URL(this.now.cover, location.href).href, sizes: "512x512", type: "image/png" }]
      : [];
    navigator.mediaSession.metadata = new MediaMetadata({
      title: this.now.title, artist: this.now.style || "Woodshed", artwork,
    });
  }

  remember() {
    // What stood beside it is gone by then; where it is not, its page tells of it again.
    const track = { ...this.now, gain: 0, beside: null };
    const kept = this.now?.sound ? { track, at: this.position } : null;
    try {
      localStorage.setItem(REMEMBERED, JSON.stringify({ kept, volume: this.volume }));
    } catch { /* a browser without storage simply starts afresh */ }
  }

  /** After a reload the song lies ready where it was; it does not start by itself. */
  async recall() {
    let stored = null;
    try {
      stored = JSON.parse(localStorage.getItem(REMEMBERED));
    } catch { /* nothing to go by */ }
    if (!stored) return;
    this.volume = stored.volume ?? 1;
    const track = stored.kept?.track;
    if (!track) return;
    const there = await fetch(track.sound, { headers: { Range: "bytes=0-1" } }).then((a) => a.ok, () => false);
    if (there && this.now === null) {
      this.queue = [track];
      this.load(track, stored.kept.at);
    }
  }
}

export const sound = (globalThis.woodshedSound ??= new Sound());
