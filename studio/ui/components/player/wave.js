// A waveform one can seek in: bars of loudness, the played part in the main colour.

import { sound } from "./sound.js";

const BAR = 2;
const GAP = 1;
const QUIET = 0.06; // a silent bar is still a dot to aim at
const outlines = new Map(); // address -> promise of peaks; they never change

function outline(address) {
  if (!address) return Promise.resolve([]);
  if (!outlines.has(address)) {
    const asked = fetch(address).then((answer) => (answer.ok ? answer.json() : []));
    asked.catch(() => outlines.delete(address));
    outlines.set(address, asked.catch(() => []));
  }
  return outlines.get(address);
}

export class Wave {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "wave";
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "slider");
    this.canvas.setAttribute("aria-valuemin", "0");
    this.peaks = [];
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("pointermove", (event) => this.canvas.hasPointerCapture(event.pointerId) && this.seekTo(event));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.canvas);
  }

  async show(track) {
    this.track = track;
    this.canvas.setAttribute("aria-label", `Position in ${track?.title || "the song"}`);
    this.draw();
    const address = track?.peaks;
    if (address === this.address) return;
    this.address = address;
    const peaks = await outline(address);
    if (this.address !== address) return;
    this.peaks = levelled(peaks);
    this.draw();
  }

  get current() {
    return this.track !== undefined && this.track !== null && sound.is(this.track);
  }

  get length() {
    return this.current ? sound.length : this.track?.length || 0;
  }

  press(event) {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.onTouch?.();
    this.seekTo(event);
  }

  seekTo(event) {
    if (!this.current) return;
    const box = this.canvas.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    sound.seek(share * this.length);
  }

  key(event) {
    const jump = { ArrowLeft: -5, ArrowRight: 5, PageDown: -15, PageUp: 15 }[event.key];
    if (event.key === " ") sound.is(this.track) ? sound.toggle() : this.onTouch?.();
    else if (!this.current) return;
    else if (jump !== undefined) sound.seek(sound.position + jump);
    else if (event.key === "Home") sound.seek(0);
    else if (event.key === "End") sound.seek(this.length);
    else return;
    event.preventDefault();
  }

  draw() {
    const { canvas } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width || !height) return;
    const scale = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
    if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
    const style = getComputedStyle(canvas);
    const paint = canvas.getContext("2d");
    paint.setTransform(scale, 0, 0, scale, 0, 0);
    paint.clearRect(0, 0, width, height);
    const bars = Math.floor((width + GAP) / (BAR + GAP));
    const at = this.current && this.length ? (sound.position / this.length) * bars : 0;
    const [played, rest] = [style.getPropertyValue("--played"), style.getPropertyValue("--rest")];
    for (let bar = 0; bar < bars; bar += 1) {
      paint.fillStyle = bar < at ? played : rest;
      const tall = Math.max(BAR, this.loudest(bar, bars) * height);
      paint.beginPath();
      paint.roundRect(bar * (BAR + GAP), (height - tall) / 2, BAR, tall, BAR / 2);
      paint.fill();
    }
    canvas.setAttribute("aria-valuemax", String(Math.round(this.length)));
    canvas.setAttribute("aria-valuenow", String(this.current ? Math.round(sound.position) : 0));
    canvas.setAttribute("aria-valuetext", `${clock(this.current ? sound.position : 0)} of ${clock(this.length)}`);
  }

  loudest(bar, bars) {
    const { peaks } = this;
    if (!peaks.length) return QUIET;
    const from = Math.floor((bar / bars) * peaks.length);
    const to = Math.max(from + 1, Math.floor(((bar + 1) / bars) * peaks.length));
    let top = QUIET;
    for (let place = from; place < to; place += 1) top = Math.max(top, peaks[place]);
    return top;
  }

  forget() {
    this.sizes.disconnect();
  }
}

/** A soft song fills its waveform like a loud one. */
function levelled(peaks) {
  const top = Math.max(0.05, ...peaks);
  return peaks.map((peak) => peak / top);
}

/** 124.3 becomes 2:04. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
