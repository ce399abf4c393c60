// The bar that shows how far the reading of all files has come, for which the
// first search among many waits.
import { request } from "./request.js";

const bar = document.getElementById("search-progress");
const patience = 300; // before the bar is shown, and between two looks, in ms

let waiting = 0; // requests under way
let watching; // an AbortController

// watchReading shows the bar until a promise is settled, and gives the promise.
export function watchReading(promise) {
  begin();
  return promise.finally(end);
}

function begin() {
  waiting += 1;
  if (waiting > 1) return;
  watching = new AbortController();
  watch(watching.signal);
}

function end() {
  waiting -= 1;
  if (waiting > 0) return;
  watching.abort();
  bar.hidden = true;
  bar.removeAttribute("value");
}

async function watch(signal) {
  for (await pause(); !signal.aborted; await pause()) {
    bar.hidden = false;
    const { value } = await request("/media/progress", { signal });
    if (value?.total && !signal.aborted) Object.assign(bar, { max: value.total, value: value.done });
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, patience));

// The list comes by htmx. Its request has ended when its xhr has: by then its
// element may be gone, and a failure has another target.
if (bar) {
  document.addEventListener("htmx:beforeSend", ({ detail: { target, xhr } }) => {
    if (target.id === "media-list") watchReading(new Promise((resolve) => xhr.addEventListener("loadend", resolve)));
  });
}
