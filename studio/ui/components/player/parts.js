// Small pieces that both views are made of. Text only ever enters through textContent.

const SHAPES = {
  play: "M8 5.1v13.8a.6.6 0 0 0 .92.5l10.7-6.9a.6.6 0 0 0 0-1L8.92 4.6A.6.6 0 0 0 8 5.1Z",
  pause: "M7 5h3.4v14H7zM13.6 5H17v14h-3.4z",
  next: "M6 5.6v12.8a.5.5 0 0 0 .78.42L15.5 13v5.5h2.6v-13h-2.6V11L6.78 5.2A.5.5 0 0 0 6 5.6Z",
  previous: "M18 5.6v12.8a.5.5 0 0 1-.78.42L8.5 13v5.5H5.9v-13h2.6V11l8.72-5.8a.5.5 0 0 1 .78.4Z",
  loud: "M4 9.2v5.6h3.7l4.8 4.1V5.1L7.7 9.2zM15 8.3a5 5 0 0 1 0 7.4M17.4 5.8a8.6 8.6 0 0 1 0 12.4",
  mute: "M4 9.2v5.6h3.7l4.8 4.1V5.1L7.7 9.2zM15.6 9.6l5 5M20.6 9.6l-5 5",
  upload: "M11 15.5V7.2L8.2 10 6.8 8.6 12 3.4l5.2 5.2L15.8 10 13 7.2v8.3zM5 18.5v-3h2v3h10v-3h2v3a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2Z",
  microphone: "M12 14.5a3 3 0 0 1-3-3v-6a3 3 0 0 1 6 0v6a3 3 0 0 1-3 3Zm-1 6.5v-3.1a6.4 6.4 0 0 1-5.4-6.4h2a4.4 4.4 0 0 0 8.8 0h2a6.4 6.4 0 0 1-5.4 6.4V21z",
  stop: "M6.5 6.5h11v11h-11z",
  link: "M10.6 17H7a5 5 0 0 1 0-10h3.6v2H7a3 3 0 0 0 0 6h3.6zM8 13v-2h8v2zm5.4 4v-2H17a3 3 0 0 0 0-6h-3.6V7H17a5 5 0 0 1 0 10z",
  note: "M9 17.5a2.6 2.1 0 1 1-1.6-1.94V6.2L18 4v9.9a2.6 2.1 0 1 1-1.6-1.94V7.5L9 9z",
};

export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.dataset.icon = name;
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

export function button(name, label, onPress) {
  const made = element("button", name);
  made.type = "button";
  made.setAttribute("aria-label", label);
  made.append(icon(name in SHAPES ? name : "play"));
  made.addEventListener("click", onPress);
  return made;
}

export function setIcon(of, name, label) {
  if (of.firstChild.dataset.icon !== name) of.replaceChildren(icon(name));
  of.setAttribute("aria-label", label);
  of.title = label;
}

/** A picture, or the note that stands for one until it is there. */
export function showCover(frame, address) {
  if (frame.dataset.address === (address || "none")) return;
  frame.dataset.address = address || "none";
  if (!address) return frame.replaceChildren(icon("note"));
  const picture = element("img");
  picture.alt = "";
  picture.decoding = "async";
  picture.addEventListener("error", () => frame.replaceChildren(icon("note")));
  picture.src = address;
  frame.replaceChildren(picture);
}

/** A link that opens inside the studio, so that the sound plays on, and still is a link. */
export function showLink(link, address, open) {
  if (address) link.href = address;
  else link.removeAttribute("href");
  link.onclick = (event) => {
    if (!address || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  };
}

const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/** Whether a key is for what it was pressed in: a box to type in, or what `others` selects. */
export function isMeantElsewhere(event, others = TYPING) {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  return Boolean(event.composedPath()[0]?.closest?.(`${TYPING}, ${others}`));
}
