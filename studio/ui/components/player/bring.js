// Where somebody brings a sound of their own: a file, the microphone, or a link. The bytes go from
// the browser straight to the disk of the studio.

import { element, icon } from "./parts.js";
import { Tape } from "./tape.js";
import { clock } from "./wave.js";

const ADDRESS = "/app/own";
const OURS = { "x-woodshed": "1" };
const SILENT = "The studio does not answer. Is it still running?";

export class Bring {
  constructor(root) {
    this.box = element("div", "bring");
    this.file = element("input");
    Object.assign(this.file, { type: "file", accept: "audio/*,video/*,.mp3,.wav,.flac,.ogg,.m4a,.aif,.aiff", hidden: true });
    this.file.setAttribute("aria-label", "A file with sound");
    this.file.addEventListener("change", () => this.file.files[0] && this.send(this.file.files[0], "file"));
    this.choose = act("upload", "Choose a file", () => this.file.click());
    this.record = act("microphone", "Record", () => this.tapeTurns());
    this.hint = element("span", "hint", "or drop one here");
    this.link = element("input", "link");
    Object.assign(this.link, { type: "url", placeholder: "or paste a link to a sound", autocomplete: "off" });
    this.link.setAttribute("aria-label", "Link to a sound");
    this.link.addEventListener("keydown", (event) => event.key === "Enter" && this.fetchLink());
    this.fetch = act("link", "Fetch it", () => this.fetchLink());
    this.bar = element("progress", "bar");
    this.bar.max = 1;
    this.words = element("p", "told");
    this.words.setAttribute("role", "status");
    const hands = element("div", "ways");
    hands.append(this.choose, this.hint, this.record);
    const linking = element("div", "ways");
    linking.append(this.link, this.fetch);
    this.box.append(this.file, hands, linking, this.bar, this.words);
    root.append(this.box);
    for (const name of ["dragover", "dragleave", "drop"]) {
      this.box.addEventListener(name, (event) => this.dropping(event));
    }
    this.say("");
  }

  show(data, _, __, trigger) {
    this.trigger = trigger;
    if (data.can_record === false || !navigator.mediaDevices) {
      this.record.disabled = true;
      this.record.title = "Browsers lend the microphone only to this machine, or over https.";
    }
  }

  dropping(event) {
    event.preventDefault();
    this.box.classList.toggle("over", event.type === "dragover");
    const file = event.type === "drop" && event.dataTransfer.files[0];
    if (file) this.send(file, "file");
  }

  send(blob, origin, title = blob.name?.replace(/\.[^.]*$/, "") ?? "") {
    const asked = new URLSearchParams({ title, origin, name: blob.name ?? "" });
    const call = new XMLHttpRequest();
    call.open("PUT", `${ADDRESS}?${asked}`);
    call.setRequestHeader("x-woodshed", "1");
    call.upload.addEventListener("progress", (event) => this.travel(event));
    call.addEventListener("load", () => this.answered(call.status, call.responseText));
    call.addEventListener("error", () => this.say(SILENT, { bad: true }));
    this.say("On its way…", { share: 0 });
    call.send(blob);
    this.file.value = "";
  }

  travel(event) {
    if (!event.lengthComputable) return;
    const share = event.loaded / event.total;
    this.say(share < 1 ? `On its way: ${Math.round(100 * share)} %` : "Listening to it…", { share: share < 1 ? share : null });
  }

  async fetchLink() {
    const url = this.link.value.trim();
    if (!url) return this.link.focus();
    this.say("Fetching it…", { share: null });
    try {
      const answer = await fetch(`${ADDRESS}/link`, {
        method: "POST", headers: { ...OURS, "content-type": "application/json" }, body: JSON.stringify({ url }),
      });
      this.answered(answer.status, await answer.text());
    } catch {
      this.say(SILENT, { bad: true });
    }
  }

  answered(status, text) {
    let told = {};
    try {
      told = JSON.parse(text);
    } catch { /* said below */ }
    if (status < 300 && told.song) {
      this.link.value = "";
      this.say("");
      this.trigger("brought", told.song);
    } else this.say(told.reason || `The studio could not take it (${status}). Try it again.`, { bad: true });
  }

  async tapeTurns() {
    if (this.tape) return this.tapeEnds();
    try {
      this.tape = await Tape.start((seconds, level) => this.taping(seconds, level));
    } catch (problem) {
      const denied = problem?.name === "NotAllowedError";
      return this.say(denied ? "The browser does not lend the microphone. Allow it beside the address." : "There is no microphone here.", { bad: true });
    }
    label(this.record, "stop", "Stop");
    this.busy(true);
    this.record.disabled = false;
  }

  taping(seconds, level) {
    if (!this.tape) return;
    this.say(`Recording ${clock(seconds)}`, { share: level });
    if (seconds >= Tape.LONGEST_SECONDS) this.tapeEnds();
  }

  tapeEnds() {
    const tape = this.tape;
    this.tape = null;
    label(this.record, "microphone", "Record");
    const recorded = tape.end();
    const day = new Date().toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    this.send(recorded, "microphone", `Recording, ${day}`);
  }

  say(words, { share, bad = false } = {}) {
    this.words.textContent = words;
    this.words.classList.toggle("bad", bad);
    this.bar.hidden = share === undefined;
    if (share === null) this.bar.removeAttribute("value");
    else if (share !== undefined) this.bar.value = share;
    this.busy(share !== undefined);
  }

  busy(is) {
    for (const part of [this.choose, this.fetch, this.link]) part.disabled = is;
    if (!this.tape && navigator.mediaDevices) this.record.disabled = is;
  }

  forget() {
    this.tape?.end();
    this.tape = null;
  }
}

function act(name, words, onPress) {
  const made = element("button", "act");
  made.type = "button";
  made.addEventListener("click", onPress);
  label(made, name, words);
  return made;
}

function label(button, name, words) {
  button.replaceChildren(icon(name), element("span", "", words));
}
