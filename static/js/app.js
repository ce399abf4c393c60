// The behaviours of every page. Each module looks after the elements with its
// own data- attribute and listens on the document, so that it serves what
// htmx brings later too. What is large is loaded when it is first needed.
import "./toast.js";
import "./rename.js";
import "./delete.js";
import "./selection.js";
import "./upload.js";
import "./shortcuts.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-play]");
  if (!button) return;
  event.preventDefault();
  const { togglePlayer } = await import("./player.js");
  togglePlayer(button);
});
