// Behaviours that are loaded when someone reaches for them. A behaviour is the
// function that loads its modules, and for each kind of event the selector of
// the elements that want it: { load, tools, click, input, submit, keydown }. One
// with tools finds elements of its own among the tools as soon as it runs.
import { isOurs } from "./foreign.js";
import { notLoaded } from "./toast.js";

// loadOnDemand holds an event that asks for a behaviour back until that
// listens; then the event comes again. A form that is sent twice meanwhile is
// sent once.
export function loadOnDemand(behaviours) {
  const waiting = new Set(); // forms
  const hold = (event) => {
    if (repeating) return;
    const asked = behaviours.filter((behaviour) => asksFor(behaviour, event));
    if (asked.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "submit") {
      if (waiting.has(event.target)) return;
      waiting.add(event.target);
    }
    Promise.all(asked.map(load)).then(() => {
      waiting.delete(event.target);
      // What can't be had leaves plain links and forms; some buttons have none.
      const failed = asked.find((behaviour) => !behaviour.loaded);
      if (failed && event.target.closest("button[type=button]")) notLoaded(failed.failure);
      repeat(event);
    });
  };
  for (const type of ["click", "input", "submit", "keydown"]) window.addEventListener(type, hold, { capture: true });

  // A hand on its way to a button is time to load what the button needs.
  const ahead = ({ target }) => {
    behaviours
      .filter(({ click, input }) => [click, input].some((selector) => selector && target.closest(selector)))
      .forEach(load);
  };
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, ahead);
}

// load ends when the behaviour listens, or when it is known that it can't be
// had: then its event goes to what the page does without scripts, and the next
// one tries again.
export function load(behaviour) {
  behaviour.loading ??= (behaviour.tools ? tools() : Promise.resolve()).then(behaviour.load).then(
    () => (behaviour.loaded = true),
    (failure) => {
      behaviour.failure = failure;
      behaviour.loading = undefined;
    },
  );
  return behaviour.loading;
}

let coming;

// tools ends when the tools are there: dialogs, the player, the rows of the
// queue and what else a page does not need until someone acts. They come in one
// piece, into data-tools.
export function tools() {
  coming ??= bring(document.querySelector("[data-tools]"));
  coming.catch(() => (coming = undefined)); // and may be had the next time
  return coming;
}

async function bring(place) {
  if (!place) return;
  const answer = await fetch(place.dataset.tools);
  if (!answer.ok || !isOurs(answer)) throw new Error(`${answer.status} for ${answer.url}`);
  place.innerHTML = await answer.text();
}

function asksFor(behaviour, event) {
  const selector = behaviour[event.type];
  if (behaviour.loaded || !selector || event.ctrlKey || event.altKey || event.metaKey) return false;
  return event.type === "keydown" ? isCommand(event) && event.target.matches(selector) : event.target.closest(selector);
}

// isCommand tells the keys that write or delete from all others, which are the
// browser's, as is the space that presses a button or scrolls.
function isCommand({ key, target }) {
  return (key.length === 1 || key === "Delete") && !(key === " " && !target.matches("[data-media] a"));
}

let repeating = false;

function repeat(event) {
  repeating = true;
  try {
    if (event.type === "submit") event.target.requestSubmit(event.submitter);
    else event.target.dispatchEvent(new event.constructor(event.type, event));
  } finally {
    repeating = false;
  }
}
