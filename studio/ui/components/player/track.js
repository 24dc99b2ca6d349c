// One song or take on a page: its picture, its name, its waveform, and a button that plays it.

import { button, element, isMeantElsewhere, setIcon, showCover, showLink } from "./parts.js";
import { sound } from "./sound.js";
import { clock, Wave } from "./wave.js";

const onPage = new Set();

/** The playable tracks of the page from top to bottom: what "next" means. */
function queue() {
  const inOrder = [...onPage].sort((one, other) =>
    one.host.compareDocumentPosition(other.host) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  return inOrder.map((view) => view.track).filter((track) => track.sound || track.early);
}

/** Where songs stand side by side, each has a number, and its key plays it. */
function pressNumber(event) {
  if (event.repeat || isMeantElsewhere(event)) return;
  [...onPage].find((view) => String(view.track.number ?? "") === event.key)?.press();
}

window.addEventListener("keydown", pressNumber);

export class Track {
  constructor(root) {
    this.host = root.host ?? root;
    this.box = element("article", "track");
    this.cover = element("div", "cover");
    this.play = button("play", "Play", () => this.press());
    this.title = element("a", "title");
    this.line = element("div", "line");
    this.number = element("kbd", "number");
    this.time = element("span", "clock");
    this.wave = new Wave();
    this.wave.onTouch = () => sound.is(this.track) || this.press();
    const words = element("div", "words");
    words.append(this.title, this.line);
    const middle = element("div", "middle");
    middle.append(this.number, this.wave.canvas, this.time);
    this.box.append(this.cover, this.play, words, middle);
    root.append(this.box);
    this.change = () => this.draw();
    this.move = () => sound.is(this.track) && this.drawTime();
    sound.addEventListener("change", this.change);
    sound.addEventListener("time", this.move);
    onPage.add(this);
  }

  show(track, open) {
    this.track = track;
    this.box.dataset.size = track.size;
    if (track.size === "large") {
      // The song's own page: its name is the heading.
      this.title.setAttribute("role", "heading");
      this.title.setAttribute("aria-level", "1");
    }
    this.title.textContent = track.title;
    this.title.title = track.title;
    showLink(this.title, track.song && track.size !== "large" ? `/song?id=${encodeURIComponent(track.song)}` : "", () => open(track.song));
    this.line.textContent = track.line || "";
    this.number.textContent = track.number ?? "";
    showCover(this.cover, track.cover);
    sound.learn(track);
    this.draw();
  }

  press() {
    if (sound.is(this.track)) sound.toggle();
    else if (this.playable) sound.start(this.track, queue());
  }

  get playable() {
    return Boolean(this.track.sound || this.track.early);
  }

  draw() {
    const mine = sound.is(this.track);
    const playing = mine && sound.playing;
    this.box.classList.toggle("now", mine);
    this.play.disabled = !this.playable;
    setIcon(this.play, playing ? "pause" : "play", `${playing ? "Pause" : "Play"} ${this.track.title}`);
    this.wave.canvas.tabIndex = this.playable ? 0 : -1;
    this.wave.canvas.setAttribute("aria-disabled", String(!this.playable));
    this.wave.show(this.track);
    this.drawTime();
  }

  drawTime() {
    const shown = sound.is(this.track) ? sound.position : this.wave.length;
    this.time.textContent = this.wave.length || shown ? clock(shown) : "";
    this.wave.draw();
  }

  forget() {
    onPage.delete(this);
    sound.removeEventListener("change", this.change);
    sound.removeEventListener("time", this.move);
    this.wave.forget();
  }
}
