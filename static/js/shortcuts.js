// Keys for those who have many files: see the dialog that "?" opens. They are
// told by their place on the keyboard where they are letters, so that they
// work with a Russian layout too, and none of them fires in a text field.

const dialog = document.getElementById("shortcuts");

const rows = () => [...document.querySelectorAll("[data-media]:not(.going)")];
const playerRow = () => document.activeElement?.closest("[data-player-row]");
const current = () => document.activeElement?.closest("[data-media]") ?? playerRow()?.previousElementSibling ?? null;

// move puts the focus on the name in the next or the previous row.
function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  next?.querySelector("[data-name-cell] a")?.focus();
}

const press = (name) => current()?.querySelector(`[data-${name}]`)?.click();

const letters = {
  KeyU: () => document.querySelector("[data-upload-open]").click(),
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  KeyE: () => press("rename"),
};

const keys = {
  "/": () => document.getElementById("search").focus(),
  ".": (event) => event.code === "Slash" && document.getElementById("search").focus(), // "/" in a Russian layout
  "?": () => dialog.showModal(),
  ",": (event) => event.code === "Slash" && event.shiftKey && dialog.showModal(), // "?" in a Russian layout
  Delete: () => press("delete"),
  " ": (event) => event.target.matches("[data-name-cell] a") && press("play"),
};

function act(event) {
  const action = keys[event.key] ?? letters[event.code];
  return action ? action(event) !== false : false;
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input:not([type=checkbox]), select, textarea, dialog, [contenteditable]");
    if (busy || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (act(event)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts-open]")) dialog.showModal();
    else if (event.target === dialog) dialog.close();
  });
}
