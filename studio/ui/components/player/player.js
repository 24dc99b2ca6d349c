// The packaged component: Streamlit calls this for every change of data or theme.

import { Bring } from "./bring.js";
import { Dock } from "./dock.js";
import { Region } from "./region.js";
import { Track } from "./track.js";
import { listenToTyping } from "./typing.js";

const VIEWS = { bring: Bring, dock: Dock, region: Region, track: Track };
const views = new WeakMap();

listenToTyping();

export default function player({ data, parentElement, setStateValue, setTriggerValue }) {
  if (!views.has(parentElement)) views.set(parentElement, new VIEWS[data.view](parentElement));
  const view = views.get(parentElement);
  view.show(data, (song) => setTriggerValue("open", song), setStateValue, setTriggerValue);
  return () => {
    view.forget();
    views.delete(parentElement);
  };
}
