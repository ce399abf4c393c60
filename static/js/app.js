// The behaviours of every page. Each module looks after the elements with its
// own data- attribute and listens on the document, so that it serves what
// htmx brings later too.
import "./toast.js";
import "./upload.js";

// What waits for someone to act is loaded when it is first reached for, by the
// events and the elements that are named here.
const deleting = { click: "[data-delete]", load: () => import("./delete.js") };
const behaviours = [
  deleting,
  { click: "[data-play]", load: () => import("./player.js") },
  { click: "[data-rename]", load: () => import("./rename.js") },
  { click: "[data-select], [data-select-page]", load: () => import("./selection.js") },
  { click: "[data-shortcuts-open]", keydown: "body, [data-media] a, [data-media] button", load: () => import("./shortcuts.js") },
];

// load ends when the module listens, or when it is known that it can't be had:
// then the event goes to what the page does without scripts.
function load(behaviour) {
  behaviour.loading ??= behaviour.load().catch(() => {}).finally(() => (behaviour.loaded = true));
  return behaviour.loading;
}

// isFor reports whether an event is for a behaviour. Of the keys only those
// count that write or delete, and not the space that presses a button: all
// others are the browser's.
function isFor(behaviour, event) {
  if (behaviour.loaded || !behaviour[event.type] || !event.target.matches) return false;
  if (event.type === "click") return event.target.closest(behaviour.click);
  const pressing = event.key === " " && event.target.matches("button");
  const command = (event.key.length === 1 || event.key === "Delete") && !pressing;
  return command && !event.ctrlKey && !event.altKey && !event.metaKey && event.target.matches(behaviour.keydown);
}

// hold keeps the first event back until its module listens; then it comes
// again.
function hold(event) {
  const behaviour = behaviours.find((behaviour) => isFor(behaviour, event));
  if (!behaviour) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  load(behaviour).then(() => event.target.dispatchEvent(new event.constructor(event.type, event)));
}

window.addEventListener("click", hold, { capture: true });
window.addEventListener("keydown", hold, { capture: true });

// A hand on its way to a button is time to load what the button needs.
for (const type of ["pointerover", "focusin"]) {
  document.addEventListener(type, ({ target }) => {
    behaviours.filter(({ click }) => target.closest(click)).forEach(load);
  });
}

// A deletion that the last page left behind is shown on this one.
if (sessionStorage.getItem("deleting")) load(deleting);
