// What is typed into a box is told after a short pause, not only when the box is left:
// so nothing typed can be lost, and counting and reading keep up with the hand.

const PAUSE_MS = 500;
const BOXES = '[data-testid="stTextArea"] textarea';
let pause = 0;

function tellSoon(box) {
  if (!box?.matches?.(BOXES)) return;
  clearTimeout(pause);
  pause = setTimeout(() => tell(box), PAUSE_MS);
}

function tell(box) {
  // Streamlit's own "apply" of a text area; it does nothing where nothing was typed.
  const apply = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
  if (box.isConnected) box.dispatchEvent(new KeyboardEvent("keydown", apply));
}

export function listenToTyping() {
  if (globalThis.woodshedListens) return;
  globalThis.woodshedListens = true;
  document.addEventListener("input", (event) => event.isComposing || tellSoon(event.target));
  document.addEventListener("compositionend", (event) => tellSoon(event.target));
  // Somebody may have been quicker than this page was loaded.
  tellSoon(document.activeElement);
}
