// What is typed into a box of the draft is told after a short pause, not only when the box is left:
// so nothing typed can be lost, and counting and reading keep up with the hand.

const PAUSE_MS = 500;
let pause = 0;

function tell(box) {
  // Streamlit's own "apply" of a text area.
  const apply = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
  if (box.isConnected) box.dispatchEvent(new KeyboardEvent("keydown", apply));
}

export function listenToTyping() {
  if (globalThis.woodshedListens) return;
  globalThis.woodshedListens = true;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (event.isComposing || !box.matches?.('[class*="st-key-draft-"] textarea')) return;
    clearTimeout(pause);
    pause = setTimeout(() => tell(box), PAUSE_MS);
  });
}
