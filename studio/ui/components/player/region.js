// A song on which a point or a window is chosen: drag on the waveform, move the handles with the
// keyboard, or write the times; the button lets one hear what was chosen.

import { button, element, setIcon } from "./parts.js";
import { sound } from "./sound.js";
import { clock, Wave } from "./wave.js";

const LEAD_SECONDS = 4; // what is heard before a point
const STEPS = { ArrowLeft: -0.1, ArrowRight: 0.1, ArrowDown: -1, ArrowUp: 1, PageDown: -5, PageUp: 5 };
const NEAR = 12; // pixels within which a press takes hold of an edge

export class Region {
  constructor(root) {
    this.box = element("div", "region");
    this.play = button("play", "Hear it", () => this.hear());
    this.stage = element("div", "stage");
    this.wave = new Wave();
    this.wave.canvas.tabIndex = -1;
    this.wave.canvas.setAttribute("aria-hidden", "true");
    this.chosen = element("div", "chosen");
    this.edges = { start: this.edge("start"), end: this.edge("end") };
    this.stage.append(this.wave.canvas, this.chosen, this.edges.start, this.edges.end);
    this.times = element("div", "times");
    this.fields = { start: this.field("start"), end: this.field("end") };
    this.long = element("output", "clock");
    this.times.append(this.fields.start.label, this.fields.end.label, this.long);
    this.box.append(this.play, this.stage, this.times);
    root.append(this.box);
    this.stage.addEventListener("pointerdown", (event) => this.grip(event));
    this.stage.addEventListener("pointermove", (event) => this.drag(event));
    this.stage.addEventListener("pointerup", () => this.release());
    this.stage.addEventListener("pointercancel", () => this.release());
    this.change = () => this.draw();
    this.time = () => this.follow();
    sound.addEventListener("change", this.change);
    sound.addEventListener("time", this.time);
  }

  edge(which) {
    const made = element("div", `edge ${which}`);
    made.tabIndex = 0;
    made.setAttribute("role", "slider");
    made.addEventListener("keydown", (event) => this.key(event, which));
    return made;
  }

  field(which) {
    const label = element("label", "time");
    const name = element("span");
    const box = element("input");
    Object.assign(box, { type: "text", inputMode: "decimal", spellcheck: false, autocomplete: "off" });
    box.addEventListener("change", () => this.typed(which));
    label.append(name, box);
    return { label, name, box };
  }

  show(data, _, tell) {
    this.data = data;
    this.tell = tell;
    const given = JSON.stringify([data.key, data.start, data.end, data.point, data.length]);
    if (given !== this.given) {
      // Another song, or the page has set it; otherwise what a person chose stays.
      this.given = given;
      this.value = { start: data.start, end: data.end };
    }
    this.box.dataset.kind = data.point ? "point" : "window";
    this.fields.start.name.textContent = data.startLabel;
    this.fields.end.name.textContent = data.endLabel;
    this.fields.end.label.hidden = data.point;
    this.edges.end.hidden = data.point;
    this.edges.start.setAttribute("aria-label", data.startLabel);
    this.edges.end.setAttribute("aria-label", data.endLabel);
    this.wave.show(data);
    this.draw();
  }

  get length() {
    return this.data.length || 0;
  }

  /** Put both edges where they are allowed; the one that was moved decides. */
  set(change, moved) {
    const { shortest, longest, point } = this.data;
    let { start, end } = { ...this.value, ...change };
    const most = longest ?? this.length;
    if (point) {
      start = within(start, 0, this.length);
      end = this.length;
    } else if (moved === "end") {
      end = within(end, shortest, this.length);
      start = within(start, Math.max(0, end - most), end - shortest);
    } else {
      start = within(start, 0, this.length - shortest);
      end = within(end, start + shortest, Math.min(this.length, start + most));
    }
    this.value = { start: tenth(start), end: tenth(end) };
    this.draw();
  }

  grip(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.stage.setPointerCapture(event.pointerId);
    const at = this.secondsAt(event);
    const near = (NEAR / this.stage.clientWidth) * this.length;
    const { start, end } = this.value;
    if (this.data.point) this.held = { edge: "start" };
    else if (Math.abs(at - start) < near) this.held = { edge: "start" };
    else if (Math.abs(at - end) < near) this.held = { edge: "end" };
    else if (at > start && at < end) this.held = { offset: at - start };
    else this.held = { from: at };
    if (this.held.edge) this.edges[this.held.edge].focus();
    this.drag(event);
  }

  drag(event) {
    if (!this.held) return;
    const at = this.secondsAt(event);
    if (this.held.edge) this.set({ [this.held.edge]: at }, this.held.edge);
    else if (this.held.offset !== undefined) this.move(at - this.held.offset);
    else if (at >= this.held.from) this.set({ start: this.held.from, end: at }, "start");
    else this.set({ start: at, end: this.held.from }, "end");
  }

  move(start) {
    const long = this.value.end - this.value.start;
    const from = within(start, 0, this.length - long);
    this.set({ start: from, end: from + long }, "start");
  }

  release() {
    if (this.held) this.tellNow();
    this.held = null;
  }

  secondsAt(event) {
    const box = this.stage.getBoundingClientRect();
    return within((event.clientX - box.left) / box.width, 0, 1) * this.length;
  }

  key(event, which) {
    const by = STEPS[event.key];
    if (by !== undefined) this.set({ [which]: this.value[which] + by * (event.shiftKey ? 10 : 1) }, which);
    else if (event.key === "Home") this.set({ [which]: 0 }, which);
    else if (event.key === "End") this.set({ [which]: this.length }, which);
    else return;
    event.preventDefault();
    this.told();
  }

  typed(which) {
    const seconds = readTime(this.fields[which].box.value);
    if (seconds !== null) this.set({ [which]: seconds }, which);
    // Also while the caret still stands in it: the time is said as it was understood.
    this.fields[which].box.value = stamp(this.value[which]);
    this.told();
  }

  /** Tell the page, once the hand rests. */
  told() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.tellNow(), 150);
  }

  tellNow() {
    clearTimeout(this.soon);
    this.soon = 0;
    this.tell("window", { ...this.value });
  }

  hear() {
    if (this.hearing && sound.playing) return sound.pause();
    const { start, end } = this.value;
    this.hearing = this.data.point
      ? { from: Math.max(0, start - LEAD_SECONDS), to: start || this.length }
      : { from: start, to: end };
    sound.queue = [this.data];
    sound.load(this.data, this.hearing.from);
    sound.resume();
  }

  /** Stop where what was chosen ends. */
  follow() {
    if (!this.hearing) return;
    if (!sound.is(this.data)) this.hearing = null;
    else if (sound.position >= this.hearing.to) {
      this.hearing = null;
      sound.pause();
    }
    this.wave.draw();
  }

  draw() {
    if (!this.data) return;
    const { start, end } = this.value;
    const share = (seconds) => `${this.length ? (100 * seconds) / this.length : 0}%`;
    this.stage.style.setProperty("--from", share(start));
    this.stage.style.setProperty("--to", share(end));
    for (const which of ["start", "end"]) this.drawEdge(which);
    this.long.textContent = this.data.point ? `of ${stamp(this.length)}` : `${tenth(end - start)} s`;
    const playing = Boolean(this.hearing && sound.is(this.data) && sound.playing);
    const words = this.data.point ? "Hear what comes before" : "Hear what is chosen";
    setIcon(this.play, playing ? "pause" : "play", playing ? "Pause" : words);
    this.play.disabled = !this.data.sound;
    this.wave.draw();
  }

  drawEdge(which) {
    const edge = this.edges[which];
    edge.setAttribute("aria-valuemin", "0");
    edge.setAttribute("aria-valuemax", String(this.length));
    edge.setAttribute("aria-valuenow", String(this.value[which]));
    edge.setAttribute("aria-valuetext", stamp(this.value[which]));
    const { box } = this.fields[which];
    if (box.getRootNode().activeElement !== box) box.value = stamp(this.value[which]);
  }

  forget() {
    if (this.soon) {
      // The page is being drawn anew; what was chosen in the meantime must not be lost.
      this.tellNow();
    }
    sound.removeEventListener("change", this.change);
    sound.removeEventListener("time", this.time);
    this.wave.forget();
  }
}

const within = (value, least, most) => Math.max(least, Math.min(value, Math.max(least, most)));
const tenth = (seconds) => Math.round(seconds * 10) / 10;

/** 92.3 becomes 1:32.3. */
function stamp(seconds) {
  const tenths = Math.round((seconds % 1) * 10);
  return tenths === 10 ? `${clock(seconds + 0.1)}.0` : `${clock(seconds)}.${tenths}`;
}

/** Read `1:32.3`, `92,3` or `92`; null for what is no time. */
function readTime(text) {
  const found = /^\s*(?:(\d+):)?(\d+(?:[.,]\d+)?)\s*$/.exec(text);
  return found ? Number(found[1] ?? 0) * 60 + Number(found[2].replace(",", ".")) : null;
}
