// The question before a file is deleted: data-delete opens it. It names the
// file; the answer that is safe has the focus.

const dialog = document.getElementById("delete-dialog");
let opener;

function ask(button) {
  opener = button;
  const row = button.closest("[data-media]");
  const form = dialog.querySelector("[data-delete-form]");
  const question = dialog.querySelector("[data-question]");
  const shown = row.querySelector("[data-name-cell] bdi").textContent;
  // The replacement is a function: in a text, $& would have a meaning.
  question.textContent = question.dataset.question.replace("{name}", () => shown);
  form.setAttribute("hx-delete", `/media/${row.dataset.media}`);
  form.setAttribute("hx-target", `#${row.id}`);
  window.htmx.process(form);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-delete]");
  if (button) {
    event.preventDefault();
    ask(button);
  } else if (event.target === dialog || event.target.closest("[data-delete-cancel]")) {
    dialog.close();
  }
});

dialog?.addEventListener("close", () => {
  if (opener?.isConnected) opener.focus();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.closest?.("[data-delete-form]")) return;
  dialog.querySelector("[type=submit]").disabled = true;
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.requestConfig.elt.matches("[data-delete-form]")) return;
  dialog.querySelector("[type=submit]").disabled = false;
  dialog.close();
});
