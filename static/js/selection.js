// Files chosen for one action on many: data-select. The choice lasts while one
// pages and searches; Shift chooses all rows from the last one on.

const bar = document.querySelector("[data-selection]");
const chosen = new Set(); // ids
let last; // the box that was clicked last

const boxes = () => [...document.querySelectorAll("[data-select]")];

function choose(box, on) {
  box.checked = on;
  if (on) chosen.add(box.value);
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
  bar.querySelector("[data-selection-count]").textContent = chosen.size;
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

  // The boxes of other pages are not there to be sent.
  bar.addEventListener("submit", () => {
    bar.querySelectorAll("input").forEach((input) => input.remove());
    const shown = new Set(boxes().map((box) => box.value));
    for (const id of chosen) {
      if (shown.has(id)) continue;
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: "id", value: id });
      bar.append(input);
    }
  });

  document.addEventListener("htmx:afterSwap", show);
  show(); // a browser may remember boxes of a page that one comes back to
}
