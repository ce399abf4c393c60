// Many files deleted: data-delete-many asks, with the count and the first
// names. What is under way then is shown by the panel, and by the rows.
import { Deletion } from "./deletion.js";
import { lineOf, part, showDeletion } from "./deletion-panel.js";
import { isGoing, refreshList, setFailed, setGoing, setGone, setStaying } from "./going.js";
import { chosenFiles } from "./selection.js";
import { toast } from "./toast.js";
import { fill, number, plural } from "./words.js";
import { tabStorage } from "./storage.js";

const namesAsked = 5;

const dialog = document.getElementById("delete-many-dialog");
const panel = document.querySelector("[data-deletion]");
let chosen = []; // what the question is about
let deletion;

const isRunning = () => Boolean(deletion) && !deletion.ended;

function ask() {
  chosen = chosenFiles().filter(({ id }) => !isGoing(id));
  if (chosen.length === 0) return;
  const question = dialog.querySelector("[data-question]");
  question.textContent = plural(question.dataset.question, chosen.length);
  const warning = dialog.querySelector("[data-warning]");
  warning.textContent = plural(warning.dataset.warning, chosen.length);
  const names = dialog.querySelector("[data-names]");
  const lines = chosen.slice(0, namesAsked).map(({ name }) => lineOf(name));
  const more = chosen.length - lines.length;
  if (more > 0) lines.push(lineOf(fill(names.dataset.more, { count: number(more) })));
  names.replaceChildren(...lines);
  dialog.returnValue = "";
  dialog.showModal();
}

async function start(files) {
  deletion = new Deletion(files, { settled, changed: () => showDeletion(deletion) });
  files.forEach(({ id }) => setGoing(id));
  panel.hidden = false;
  showDeletion(deletion);
  part("stop").focus();
  await deletion.run();
  deletion.waiting.forEach(({ id }) => setStaying(id));
  if (!deletion.redirect) refreshList(); // whoever is signed out would be led away from what it says
  if (panel.contains(document.activeElement) || document.activeElement === document.body) part("heading").focus();
}

function settled({ id, reason }, outcome) {
  if (outcome === "failed") setFailed(id, reason);
  else setGone(id);
}

function stop() {
  deletion.stop();
  part("heading").focus(); // the button goes
}

function close() {
  panel.hidden = true;
  deletion.failed.forEach(({ id }) => setStaying(id));
  const bar = document.querySelector("[data-selection]");
  (bar.hidden ? document.getElementById("search") : bar.querySelector("[data-delete-many]")).focus();
}

if (panel) {
  document.addEventListener("click", (event) => {
    const on = (name) => event.target.closest(`[data-${name}]`);
    if (on("delete-many")) {
      event.preventDefault();
      ask();
    } else if (event.target === dialog) dialog.close();
    else if (on("deletion-stop")) stop();
    else if (on("deletion-close")) close();
    else if (on("deletion-again")) start([...deletion.failed, ...deletion.waiting]);
  });
  dialog.addEventListener("close", () => dialog.returnValue === "delete" && start(chosen));

  // Leaving the page ends it: the browser asks first, and the next list tells.
  window.addEventListener("beforeunload", (event) => {
    if (isRunning()) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    if (!isRunning()) return;
    deletion.stop();
    const { deleted, deleting, total } = deletion;
    tabStorage.set("deletion", JSON.stringify({ done: deleted.length, unknown: deleting.size, total }));
  });
  const left = JSON.parse(tabStorage.get("deletion") ?? "null");
  tabStorage.remove("deletion");
  if (left) toast(fill(panel.dataset.pageLeft, left), { stays: true }).classList.add("warning");
}
