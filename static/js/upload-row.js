// The rows of the upload queue, and the words on them.
import { bytes, fill } from "./words.js";

const template = () => document.getElementById("queue-item-template");

// words are what the queue says, by the names of the data- attributes.
export const words = () => template().dataset;

// newRow makes the row of a file, with a name taken from the file's.
export function newRow(file) {
  const row = template().content.firstElementChild.cloneNode(true);
  row.tabIndex = -1; // has the focus when a button of it goes
  nameField(row).value = file.name.replace(/(.)\.[^.]*$/, "$1");
  row.querySelector("[data-about]").textContent = about(file);
  return row;
}

export const nameField = (row) => row.querySelector(".queue-name");

// nameOf is what a user calls the file of a row.
export const nameOf = ({ row, file }) => nameField(row).value.trim() || file.name;

// nameControls says with each control which file it is about.
export function nameControls(item) {
  const name = nameOf(item);
  item.row.querySelectorAll("input, progress, audio, button, a").forEach((control) => {
    control.dataset.action ??= control.ariaLabel ?? control.textContent.trim();
    control.ariaLabel = fill(words().named, { action: control.dataset.action, name });
  });
}

// about is the format and the size of a file.
export function about(file) {
  const ending = file.name.match(/.\.([^.]{1,5})$/)?.[1].toUpperCase() ?? "";
  return ending ? `${ending} · ${bytes(file.size)}` : bytes(file.size);
}
