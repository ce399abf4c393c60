// Files chosen for one action on many: data-select. The choice lasts while one
// pages and searches; Shift chooses all rows from the last one on, and a whole
// page can be widened to all that was found.
import { watchReading } from "./reading.js";
import { request } from "./request.js";
import { showNote } from "./toast.js";
import { plural } from "./words.js";

const bar = document.querySelector("[data-selection]");
const chosen = new Map(); // names by id
let last; // the box that was clicked last
let whole = ""; // the list all files of which are chosen, see listName

// chosenFiles gives the files that are chosen, { id, name } each.
export const chosenFiles = () => [...chosen].map(([id, name]) => ({ id, name }));

const list = () => document.getElementById("media-list");

const boxes = () => [...document.querySelectorAll("[data-select]")];

const nameBeside = (box) => box.closest("[data-media]").querySelector("[data-name-cell] bdi").textContent;

function choose(box, on) {
  box.checked = on;
  if (on) chosen.set(box.value, nameBeside(box));
  else drop(box.value);
}

function drop(id) {
  whole = "";
  return chosen.delete(id);
}

function show() {
  const all = boxes();
  all.forEach((box) => (box.checked = chosen.has(box.value)));
  const page = document.querySelector("[data-select-page]");
  if (page) {
    page.checked = all.length > 0 && all.every((box) => box.checked);
    page.indeterminate = !page.checked && all.some((box) => box.checked);
  }
  bar.hidden = chosen.size === 0;
  const status = bar.querySelector("[data-selection-status]");
  status.textContent = chosen.size ? plural(status.dataset.selectionStatus, chosen.size) : "";
  offerFound(page?.checked);
}

// listName tells lists apart: where their files come from, and how many.
const listName = ({ found, foundTotal }) => `${found} ${foundTotal}`;

// offerFound offers the other pages when all of this one is chosen.
function offerFound(pageIsChosen) {
  const { found, foundTotal } = list().dataset;
  const button = bar.querySelector("[data-selection-all]");
  button.hidden = !pageIsChosen || !found || listName(list().dataset) === whole;
  if (found) button.textContent = plural(button.dataset.selectionAll, Number(foundTotal));
}

async function chooseFound(button) {
  const { found } = list().dataset;
  const name = listName(list().dataset);
  if (button.ariaDisabled) return;
  button.ariaDisabled = "true"; // and not disabled, which would take the focus away
  const { value, note, redirect } = await watchReading(request(found));
  button.ariaDisabled = null;
  if (redirect) location.assign(redirect);
  if (!value) {
    showNote(note, button.textContent);
    return;
  }
  if (chosen.size === 0 || listName(list().dataset) !== name) return; // who waits has changed their mind
  value.forEach(({ id, name: fileName }) => chosen.set(id, fileName));
  whole = name;
  const focused = document.activeElement === button;
  show();
  if (focused) bar.querySelector("[data-selection-clear]").focus(); // the button goes
}

function chooseRange(box) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  all.slice(from, to + 1).forEach((other) => choose(other, box.checked));
}

if (bar) {
  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-select]");
    if (box) {
      if (event.shiftKey && last?.isConnected) chooseRange(box);
      else choose(box, box.checked);
      last = box;
    } else if (event.target.closest("[data-select-page]")) {
      boxes().forEach((other) => choose(other, event.target.checked));
    } else if (event.target.closest("[data-selection-clear]")) {
      chosen.clear();
      whole = "";
    } else if (event.target.closest("[data-selection-all]")) {
      chooseFound(event.target);
    } else return;
    show();
  });

  document.addEventListener("media:gone", (event) => {
    if (drop(event.detail.id)) show();
  });

  // The boxes of other pages are not there to be sent.
  bar.addEventListener("submit", () => {
    bar.querySelectorAll("input").forEach((input) => input.remove());
    const shown = new Set(boxes().map((box) => box.value));
    const others = [...chosen.keys()].filter((id) => !shown.has(id));
    if (others.length === 0) return;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "id", value: others.join(",") });
    bar.append(input);
  });

  document.addEventListener("htmx:afterSwap", show);
  bar.dataset.scripted = "";
  show(); // a browser may remember boxes of a page that one comes back to
}
