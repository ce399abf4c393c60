// The upload panel: data-upload. Files come by the button, the chooser or a
// drop anywhere on the page, and go into the queue, which is loaded for the
// first of them.
import { tools } from "./ondemand.js";
import { notLoaded, toast } from "./toast.js";

const panel = document.querySelector("[data-upload]");

async function enqueue(files, folders) {
  panel.dataset.open = "";
  try {
    const [queue] = await Promise.all([import("./upload-queue.js"), tools()]);
    queue.enqueue(panel, files, folders);
  } catch (failure) {
    notLoaded(failure);
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
    // Out of an archive or a mail, programs announce files and hand over none.
    if (event.dataTransfer.files.length === 0) toast(panel.dataset.nothingDropped).classList.add("problem");
    else enqueue(...sort(event.dataTransfer));
  });
}

// sort tells the files of a drop from its folders, which cannot be uploaded. Among
// what is dropped there may be texts, too.
function sort(transfer) {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const dropped = [...transfer.files];
  const isFolder = (_, i) => items.length === dropped.length && items[i].webkitGetAsEntry?.()?.isDirectory;
  return [dropped.filter((file, i) => !isFolder(file, i)), dropped.filter(isFolder)];
}

if (panel) prepare();
