// The packaged component: Streamlit calls this for every change of data or theme.

import { Dock } from "./dock.js";
import { Track } from "./track.js";
import { listenToTyping } from "./typing.js";

const VIEWS = { dock: Dock, track: Track };
const views = new WeakMap();

listenToTyping();

export default function player({ data, parentElement, setTriggerValue }) {
  if (!views.has(parentElement)) views.set(parentElement, new VIEWS[data.view](parentElement));
  const view = views.get(parentElement);
  view.show(data, (song) => setTriggerValue("open", song));
  return () => {
    view.forget();
    views.delete(parentElement);
  };
}
