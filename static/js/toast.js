// Short messages in the corner of the page: data-toast. A success goes away
// by itself; a failure stays until it is closed.

const shownFor = 6000;
const corner = document.getElementById("toasts");

// toast shows a text that says what has happened. One that stays is taken away
// by whoever has shown it.
export function toast(text, { stays = false } = {}) {
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.toast = stays ? "stays" : "";
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
  corner.append(box);
  return box;
}

// showNote shows a failure in the words of the server, and what it is about.
export function showNote(note, about) {
  const line = document.createElement("p");
  line.textContent = about;
  note.prepend(line);
  corner.append(note);
}

function prepare(box) {
  if (box.querySelector("[data-toast-close]")) return;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "icon-button";
  close.dataset.toastClose = "";
  close.setAttribute("aria-label", corner.dataset.closeLabel);
  close.textContent = "×";
  box.append(close);
  if (!box.matches(".problem, .warning, [data-toast=stays]")) leaveLater(box);
}

// leaveLater waits while someone points at the message or reads it with the
// keyboard.
function leaveLater(box) {
  setTimeout(() => {
    if (box.matches(":hover, :focus-within")) leaveLater(box);
    else box.remove();
  }, shownFor);
}

new MutationObserver(() => corner.querySelectorAll("[data-toast]").forEach(prepare))
  .observe(corner, { childList: true });
corner.querySelectorAll("[data-toast]").forEach(prepare);

document.addEventListener("click", (event) => {
  event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
});

// htmx fires an event for each name in the header HX-Trigger.
document.addEventListener("toast", (event) => toast(event.detail.text));
document.addEventListener("media:total", (event) => {
  const total = document.querySelector("[data-media-total]");
  if (total) total.textContent = event.detail.value;
});

// A request that got no answer at all has no words of the server.
document.addEventListener("htmx:sendError", offline);
document.addEventListener("htmx:timeout", offline);

// offline says that the server did not answer, so that it may have done
// something, and notLoaded that a script could not be had, so that nothing was
// done. What is there and can't be read is no matter of the connection.
export function offline() {
  toast(corner.dataset.offline).classList.add("problem");
}

export function notLoaded(failure) {
  const { broken, unreachable } = corner.dataset;
  toast(failure instanceof SyntaxError ? broken : unreachable).classList.add("problem");
}
