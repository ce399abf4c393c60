// The field in which a file is renamed in its row: data-rename opens it,
// Enter saves, Escape cancels, and the focus goes back to the button.

function open(row) {
  document.querySelectorAll("[data-rename-form]").forEach((form) => close(form.closest("tr")));
  const cell = row.querySelector("[data-name-cell]");
  spread(row, cell, true);
  const form = document.getElementById("rename-template").content.firstElementChild.cloneNode(true);
  form.setAttribute("hx-patch", `/media/${row.dataset.media}`);
  cell.firstElementChild.hidden = true;
  cell.append(form);
  window.htmx.process(form);
  const field = form.elements.name;
  field.value = nameOf(row);
  field.focus();
  field.select();
}

function close(row) {
  const cell = row.querySelector("[data-name-cell]");
  cell.querySelector("[data-rename-form]")?.remove();
  cell.firstElementChild.hidden = false;
  spread(row, cell, false);
}

// spread lets the name have the whole row: a phone has no room beside it.
function spread(row, cell, wide) {
  [...row.cells].filter((other) => other !== cell).forEach((other) => (other.hidden = wide));
  cell.colSpan = wide ? row.cells.length : 1;
}

// nameOf is the whole name, as Plusofon has it: what is shown may be clipped.
const nameOf = (row) => row.querySelector("[data-name-cell] a").dataset.name;

function focusButton(id) {
  document.querySelector(`[data-media="${CSS.escape(id)}"] [data-rename]`)?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rename]");
  if (button) {
    event.preventDefault();
    open(button.closest("[data-media]"));
    return;
  }
  const cancel = event.target.closest("[data-rename-cancel]");
  if (cancel) leave(cancel.closest("[data-media]"));
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-rename-form]");
  if (form && event.key === "Escape") leave(form.closest("[data-media]"));
});

function leave(row) {
  close(row);
  focusButton(row.dataset.media);
}

// A name that was not changed need not be sent.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.("[data-rename-form]");
  if (!form) return;
  const row = form.closest("[data-media]");
  if (form.elements.name.value === nameOf(row)) {
    event.preventDefault();
    leave(row);
    return;
  }
  form.querySelectorAll("button").forEach((button) => (button.disabled = true));
});

// By now the form may be gone with its row, so it is taken from the request.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt: form, path } = event.detail.requestConfig;
  if (!form.matches("[data-rename-form]")) return;
  form.querySelectorAll("button").forEach((button) => (button.disabled = false));
  if (event.detail.successful) focusButton(path.split("/").pop());
  else form.elements.name.focus();
});

// A name that is being changed would be lost with the page.
window.addEventListener("beforeunload", (event) => {
  const changed = (form) => form.elements.name.value !== nameOf(form.closest("[data-media]"));
  if ([...document.querySelectorAll("[data-rename-form]")].some(changed)) event.preventDefault();
});
