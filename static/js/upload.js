// The upload panel: data-upload. Files come by the button, the chooser or a
// drop anywhere on the page, and go into the queue, which is loaded for the
// first of them.
import { tools } from "./ondemand.js";
import { unreachable } from "./toast.js";

const panel = document.querySelector("[data-upload]");

async function enqueue(files, folders) {
  panel.dataset.open = "";
  try {
    const [queue] = await Promise.all([import("./upload-queue.js"), tools()]);
    queue.enqueue(panel, files, folders);
  } catch {
    unreachable();
  }
}

function prepare() {
  const chooser = panel.querySelector("input[type=file]");
  chooser.multiple = true;
  chooser.required = false; // the queue needs no filled-in form
  panel.dataset.scripted = "";
  chooser.addEventListener("change", () => {
    enqueue([...chooser.files]);
    chooser.value = ""; // so that the same file can be chosen again
  });
  panel.querySelector("[data-upload-form]").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-upload-open]")) return;
    event.preventDefault();
    panel.dataset.open = "";
    chooser.click();
  });
  takeDrops();
}

function takeDrops() {
  const cover = document.querySelector("[data-drop-anywhere]");
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0; // dragenter and dragleave come for every element on the way
  const show = (shown) => {
    cover.hidden = !shown;
    if (!shown) depth = 0;
  };
  window.addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth += 1;
    show(true);
  });
  window.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault(); // without it the browser would open the file
  });
  window.addEventListener("dragleave", (event) => {
    if (!hasFiles(event)) return;
    depth -= 1;
    if (depth <= 0) show(false);
  });
  window.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    show(false);
    enqueue(...sort(event.dataTransfer));
  });
}

// sort tells the files of a drop from its folders, which cannot be uploaded.
function sort(transfer) {
  const files = [];
  const folders = [];
  [...transfer.files].forEach((file, i) => {
    const folder = transfer.items[i]?.webkitGetAsEntry?.()?.isDirectory;
    (folder ? folders : files).push(file);
  });
  return [files, folders];
}

if (panel) prepare();
