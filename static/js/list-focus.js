// The focus stays where it was when htmx brings the list anew: on the same control
// of the same file, on the head of the same column, or in the pager.
let place = ""; // a selector

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  if (target.id === "media-list" && target.contains(document.activeElement)) place = placeOf(document.activeElement);
});

document.addEventListener("htmx:afterSwap", () => {
  if (place && document.activeElement === document.body) document.querySelector(place)?.focus({ preventScroll: true });
  place = "";
});

const controls = ["select", "play", "rename", "delete"];

function placeOf(element) {
  const row = element.closest("[data-media]");
  if (row) {
    const control = controls.find((name) => name in element.dataset);
    const inRow = control ? `[data-${control}]` : element.matches("[data-icon=download]") ? "[data-icon=download]" : "[data-name-cell] a";
    return `[data-media="${CSS.escape(row.dataset.media)}"] ${inRow}`;
  }
  const head = element.closest("th");
  if (head) return `#media-list th:nth-child(${head.cellIndex + 1}) :is(a, input)`;
  return element.closest(".pager") ? "#media-list .pager [aria-current]" : "";
}
