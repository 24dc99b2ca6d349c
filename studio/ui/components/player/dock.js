// The dock at the foot of every page: what is playing, and the hand on it.

import { button, element, setIcon, showCover, showLink } from "./parts.js";
import { sound } from "./sound.js";
import { clock, Wave } from "./wave.js";

export class Dock {
  constructor(root) {
    this.host = root.host ?? root;
    this.box = element("section", "dock");
    this.box.setAttribute("aria-label", "Player");
    this.cover = element("a", "cover");
    this.title = element("a", "title");
    this.line = element("div", "line");
    this.previous = button("previous", "Previous song", () => sound.step(-1));
    this.play = button("play", "Play", () => sound.toggle());
    this.next = button("next", "Next song", () => sound.step(1));
    this.at = element("span", "clock");
    this.of = element("span", "clock of");
    this.wave = new Wave();
    this.mute = button("loud", "Mute", () => (sound.audio.muted = !sound.audio.muted));
    this.volume = this.slider();
    this.arrange(root);
    this.change = () => this.draw();
    this.time = () => this.drawTime();
    sound.addEventListener("change", this.change);
    sound.addEventListener("time", this.time);
  }

  arrange(root) {
    const words = element("div", "words");
    words.append(this.title, this.line);
    const hands = element("div", "hands");
    hands.append(this.previous, this.play, this.next);
    const middle = element("div", "middle");
    middle.append(this.at, this.wave.canvas, this.of);
    const loudness = element("div", "loudness");
    loudness.append(this.mute, this.volume);
    this.box.append(this.cover, words, hands, middle, loudness);
    root.append(this.box);
  }

  slider() {
    const made = element("input", "volume");
    Object.assign(made, { type: "range", min: 0, max: 1, step: 0.01 });
    made.setAttribute("aria-label", "Volume");
    made.addEventListener("input", () => {
      sound.audio.muted = false;
      sound.volume = Number(made.value);
    });
    return made;
  }

  show(_, open) {
    this.open = open;
    this.draw();
  }

  draw() {
    const { now } = sound;
    this.box.hidden = now === null;
    // The foot of the page is shown (woodshed.css) as soon as there is something to play.
    this.host.closest('[data-testid="stBottom"]')?.toggleAttribute("data-sound", now !== null);
    if (now === null) return;
    this.title.textContent = now.title;
    this.title.title = now.title;
    this.line.textContent = this.state(now);
    for (const link of [this.title, this.cover]) {
      showLink(link, now.song ? `/song?id=${encodeURIComponent(now.song)}` : "", () => this.open(now.song));
    }
    this.cover.setAttribute("aria-label", `Open ${now.title}`);
    showCover(this.cover, now.cover);
    setIcon(this.play, sound.playing ? "pause" : "play", sound.playing ? "Pause" : "Play");
    this.previous.disabled = !sound.has(-1) && sound.position < 3;
    this.next.disabled = !sound.has(1);
    const silent = sound.audio.muted || sound.volume === 0;
    setIcon(this.mute, silent ? "mute" : "loud", silent ? "Sound on" : "Mute");
    this.volume.value = sound.audio.muted ? 0 : sound.volume;
    this.wave.show(now);
    this.drawTime();
  }

  state(now) {
    if (sound.failed) return "This sound cannot be played. Is the studio still running?";
    if (sound.waiting) return "The rest is being made; it plays on by itself.";
    return now.sound ? now.style || "" : "first seconds, while the rest is made";
  }

  drawTime() {
    if (sound.now === null) return;
    this.at.textContent = clock(sound.position);
    this.of.textContent = clock(sound.length);
    this.wave.draw();
  }

  forget() {
    sound.removeEventListener("change", this.change);
    sound.removeEventListener("time", this.time);
    this.wave.forget();
  }
}
