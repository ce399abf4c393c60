// Files chosen for one action on many: data-select. The choice lasts while one
// pages and searches; Shift chooses all rows from the last one on.
import { plural } from "./words.js";

const bar = document.querySelector("[data-selection]");
const chosen = new Map(); // names by id
let last; // the box that was clicked last

// chosenFiles gives the files that are chosen, { id, name } each.
export const chosenFiles = () => [...chosen].map(([id, name]) => ({ id, name }));

const boxes = () => [...document.querySelectorAll("[data-select]")];

const nameBeside = (box) => box.closest("[data-media]").querySelector("[data-name-cell] bdi").textContent;

function choose(box, on) {
  box.checked = on;
  if (on) chosen.set(box.value, nameBeside(box));
  else chosen.delete(box.value);
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
    } else return;
    show();
  });

  document.addEventListener("media:gone", (event) => {
    if (chosen.delete(event.detail.id)) show();
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
