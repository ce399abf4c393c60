// A file that has gone up, in the list.
import { loadHTMX } from "./htmx.js";

// showUploaded puts the new file at the top of the list, where the eye is; from
// the next page load on it stands in its own place. Its row in the queue leads
// there.
export function showUploaded(queued, { row, total }) {
  if (row.dataset.media) queued.querySelector("[data-open]").href = `/media/${row.dataset.media}`;
  const link = row.querySelector("[data-name-cell] a"); // none where the number is not known yet
  if (link) queued.querySelector(".queue-name").value = link.dataset.name; // it may have had none
  const rows = document.querySelector("[data-media-rows]");
  document.querySelector("#media-list .empty")?.remove();
  document.querySelectorAll("#media-list [hidden]").forEach((part) => (part.hidden = false));
  document.querySelectorAll("[data-list-place]").forEach((place) => (place.hidden = true)); // no longer true
  document.getElementById(row.id)?.remove();
  rows.prepend(row);
  // Without htmx the controls of the row are links, which do the same.
  loadHTMX().then((htmx) => htmx.process(row), () => {});
  if (total) document.dispatchEvent(new CustomEvent("media:total", { detail: { value: total } }));
}
