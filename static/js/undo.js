// A deletion that can be taken back: for some seconds it is only announced.
// When the time is up or the page is left, it is sent, once.
import { toast, showNote } from "./toast.js";
import { requestDelete } from "./request.js";
import { refreshList, setGoing, setGone, setStaying } from "./going.js";
import { tabStorage } from "./storage.js";

const timeToUndo = 8000;

const words = document.getElementById("delete-dialog")?.dataset;
const pending = new Map(); // { name, box, timer } by id
const sent = new Map(); // promises by id

// deleteLater announces the deletion of a file.
export function deleteLater(id, name) {
  if (pending.has(id) || sent.has(id)) return;
  setGoing(id);
  const box = toast(words.going.replace("{name}", () => name), { stays: true });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.dataset.undo = id;
  button.textContent = words.undoLabel;
  box.append(button);
  pending.set(id, { name, box, timer: setTimeout(() => sendUnlessWatched(id), timeToUndo) });
}

// sendUnlessWatched leaves time to someone who is on their way to the button.
function sendUnlessWatched(id) {
  const deletion = pending.get(id);
  if (deletion.box.matches(":hover, :focus-within")) deletion.timer = setTimeout(() => sendUnlessWatched(id), 500);
  else send(id);
}

function take(id) {
  const deletion = pending.get(id);
  pending.delete(id);
  clearTimeout(deletion.timer);
  deletion.box.remove();
  return deletion;
}

function send(id) {
  const { name } = take(id);
  sent.set(id, finish(id, name).finally(() => sent.delete(id)));
}

async function finish(id, name) {
  const { status, done, note, redirect } = await requestDelete(id);
  if (redirect) location.assign(redirect); // the session has ended
  if (done) {
    setGone(id);
    toast(done);
  } else {
    if (status === 404) setGone(id); // someone else was faster
    else setStaying(id);
    showNote(note, words.failed.replace("{name}", () => name));
  }
  if (done || status === 404) refreshList();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-undo]");
  if (button) undo(button.dataset.undo);
});

// Ctrl+Z takes back the last one.
document.addEventListener("keydown", (event) => {
  const inText = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (inText || event.code !== "KeyZ" || !(event.ctrlKey || event.metaKey) || pending.size === 0) return;
  event.preventDefault();
  undo([...pending.keys()].pop());
});

function undo(id) {
  take(id);
  setStaying(id);
  document.querySelector(`[data-media="${CSS.escape(id)}"] [data-name-cell] a`)?.focus();
}

// The page that comes next may be a list from before the deletion: it is told.
window.addEventListener("pagehide", () => {
  const ids = [...pending.keys(), ...sent.keys()];
  [...pending.keys()].forEach(send);
  if (ids.length) tabStorage.set("deleting", JSON.stringify({ ids, at: Date.now() }));
});

const timeToFinish = 3000;
const left = JSON.parse(tabStorage.get("deleting") ?? "null");
tabStorage.remove("deleting");
if (left && words && Date.now() - left.at < timeToFinish) {
  left.ids.forEach(setGoing);
  setTimeout(() => {
    left.ids.forEach(setStaying);
    refreshList();
  }, timeToFinish);
}

// Whoever signs out has no right to delete afterwards, so it waits.
document.addEventListener("submit", async (event) => {
  if (event.target.getAttribute("action") !== "/logout" || pending.size + sent.size === 0) return;
  event.preventDefault();
  [...pending.keys()].forEach(send);
  await Promise.all(sent.values());
  event.target.submit();
});
