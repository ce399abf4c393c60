// Rows of files that are being deleted: faded and without actions until
// Plusofon confirms, whatever part of the list htmx brings meanwhile.
import "./htmx.js";

const states = new Map(); // "going" or "gone", by id
const words = document.getElementById("delete-dialog")?.dataset;

const rowOf = (id) => document.querySelector(`[data-media="${CSS.escape(id)}"]`);

// setGoing fades the row of a file.
export function setGoing(id) {
  states.set(id, "going");
  const row = rowOf(id);
  if (!row) return;
  const player = row.nextElementSibling?.querySelector("[data-player-close]");
  player?.click();
  show(row);
}

// setStaying gives the row its actions back.
export function setStaying(id) {
  states.delete(id);
  const row = rowOf(id);
  if (row) show(row);
}

// setGone takes the row away. A list that was asked for before the deletion
// may still come and must not bring it back.
export function setGone(id) {
  states.set(id, "gone");
  rowOf(id)?.remove();
}

// isGoing reports whether a file is being deleted or is deleted.
export const isGoing = (id) => states.has(id);

function show(row) {
  const state = states.get(row.dataset.media);
  if (state === "gone") {
    row.remove();
    return;
  }
  row.classList.toggle("going", Boolean(state));
  row.inert = Boolean(state);
  row.querySelector("[data-going-note]")?.remove();
  if (!state) return;
  const note = document.createElement("small");
  note.dataset.goingNote = "";
  note.textContent = words.goingRow;
  row.querySelector(".actions").append(note);
}

document.addEventListener("htmx:afterSwap", () => {
  if (states.size) document.querySelectorAll("[data-media]").forEach(show);
});

// refreshList has the list read anew, but not while someone types a name or
// listens in it.
let waiting;
export function refreshList() {
  clearTimeout(waiting);
  if (document.querySelector("[data-rename-form], [data-player-row]")) waiting = setTimeout(refreshList, 500);
  else document.body.dispatchEvent(new CustomEvent("media:changed"));
}
