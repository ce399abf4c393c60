// The behaviours of every page. Each module looks after the elements with its
// own data- attribute and listens on the document, so that it serves what
// htmx brings later too. What waits for someone to act is loaded then.
import { load, loadOnDemand } from "./ondemand.js";
import "./toast.js";
import "./upload.js";
import { tabStorage } from "./storage.js";

const loadHTMX = async () => (await import("./htmx.js")).loadHTMX();

const deleting = { click: "[data-delete]", tools: true, load: () => Promise.all([loadHTMX(), import("./delete.js")]) };
const deletingMany = { click: "[data-delete-many]", tools: true, load: () => Promise.all([loadHTMX(), import("./delete-many.js")]) };
const htmx = {
  click: "a[hx-get], [hx-boost] a", input: "form[hx-get] input", submit: "form[hx-get], form[hx-post]",
  load: () => Promise.all([loadHTMX(), import("./list-focus.js"), import("./reading.js")]),
};

const handset = { click: "[data-handset]", load: () => import("./handset.js") };

loadOnDemand([
  deleting,
  deletingMany,
  htmx,
  { click: "a.language", load: () => import("./language.js") },
  handset,
  { click: "[data-play]", tools: true, load: () => import("./player.js") },
  { click: "[data-record]", tools: true, load: () => import("./record.js") },
  { click: "[data-rename]", tools: true, load: () => Promise.all([loadHTMX(), import("./rename.js")]) },
  { click: "[data-select], [data-select-page]", load: () => import("./selection.js") },
  { click: "[data-show-token]", load: () => import("./show-token.js") },
  { click: "[data-shortcuts-open]", keydown: ":not(input:not([type=checkbox]), select, textarea, audio)", tools: true, load: () => import("./shortcuts.js") },
]);

// After a reload, going back to an address that htmx had set changes nothing
// but the address, unless htmx is there again.
window.addEventListener("popstate", ({ state }) => {
  if (state?.htmx && !htmx.loaded) location.reload();
});

// A file's page shows how its sound was listened to the last time.
if (document.querySelector("[data-handset]")) load(handset);

// A deletion that the last page left behind is shown on this one.
if (tabStorage.get("deleting")) load(deleting);
if (tabStorage.get("deletion")) load(deletingMany);
