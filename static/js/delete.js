// The question before a file is deleted: data-delete opens it. It names the
// file; the answer that is safe has the focus.
import { deleteLater } from "./undo.js";

const dialog = document.getElementById("delete-dialog");
let row;
let opener;

function ask(button) {
  opener = button;
  row = button.closest("[data-media]");
  const question = dialog.querySelector("[data-question]");
  // The replacement is a function: in a text, $& would have a meaning.
  question.textContent = question.dataset.question.replace("{name}", () => shownName(row));
  dialog.showModal();
}

const shownName = (fileRow) => fileRow.querySelector("[data-name-cell] bdi").textContent;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-delete]");
  if (button) {
    event.preventDefault();
    ask(button);
  } else if (event.target === dialog || event.target.closest("[data-delete-cancel]")) {
    dialog.close();
  }
});

// The row can't be used from now on: the focus goes to its neighbour.
dialog?.addEventListener("submit", () => {
  const others = [...document.querySelectorAll("[data-media]:not(.going)")];
  const at = others.findIndex((other) => other.dataset.media === row.dataset.media);
  opener = (others[at + 1] ?? others[at - 1])?.querySelector("[data-name-cell] a");
  deleteLater(row.dataset.media, shownName(row));
});

dialog?.addEventListener("close", () => {
  if (opener?.isConnected) opener.focus();
});
