// What becomes of rows: a file that is being deleted is faded and without
// actions until Plusofon confirms, one that is gone leaves, and one that could
// not be deleted says why, whatever part of the list htmx brings meanwhile.

const states = new Map(); // { name: "going", "gone" or "failed", reason } by id
const words = document.getElementById("delete-dialog")?.dataset;

const rowOf = (id) => document.querySelector(`[data-media="${CSS.escape(id)}"]`);

function set(id, state) {
  if (state) states.set(id, state);
  else states.delete(id);
  const row = rowOf(id);
  if (row) show(row);
}

// setGoing fades the row of a file.
export function setGoing(id) {
  rowOf(id)?.nextElementSibling?.querySelector("[data-player-close]")?.click();
  set(id, { name: "going" });
}

// setStaying gives the row its actions back.
export const setStaying = (id) => set(id);

// setFailed gives the row its actions back, and says in it why it is there.
export const setFailed = (id, reason) => set(id, { name: "failed", reason });

// setGone takes the row away. A list that was asked for before the deletion
// may still come and must not bring it back.
export function setGone(id) {
  set(id, { name: "gone" });
  document.dispatchEvent(new CustomEvent("media:gone", { detail: { id } }));
}

// isGoing reports whether a file is being deleted or is deleted.
export const isGoing = (id) => ["going", "gone"].includes(states.get(id)?.name);

function show(row) {
  const state = states.get(row.dataset.media);
  if (state?.name === "gone") {
    row.remove();
    return;
  }
  const going = state?.name === "going";
  row.classList.toggle("going", going);
  row.inert = going;
  row.querySelectorAll("[data-row-note]").forEach((note) => note.remove());
  if (going) addNote(row.querySelector(".actions"), words.goingRow);
  else if (state) addNote(row.querySelector("[data-name-cell]"), state.reason);
}

function addNote(cell, text) {
  const note = document.createElement("small");
  note.dataset.rowNote = "";
  note.textContent = text;
  cell.append(note);
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
