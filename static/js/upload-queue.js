// The queue of uploads: at most two files go up at a time, each with its own
// row, and what failed can be tried again.
import "./one-sound.js";
import { canBeConverted, prepareConversion } from "./upload-convert.js";
import { sendFile } from "./upload-send.js";
import { showUploaded } from "./uploaded.js";
import { bytes, fill } from "./words.js";

const atOnce = 2;

// ready are the states of files that wait for their user to listen to them.
const ready = ["converted", "recorded"];

// A file goes by itself, but not at once: there is time to reach for its name,
// and while a name of the queue is being edited nothing new starts.
const timeToName = 1500;

const items = new Set();
let panel;

const template = () => document.getElementById("queue-item-template");
const words = () => template().dataset;

// enqueue puts files into the queue; folders only get told why not.
export function enqueue(uploadPanel, files, folders = []) {
  panel = uploadPanel;
  files.forEach((file) => add(file, refusal(file), canBeConverted(file) && file.size > 0));
  folders.forEach((folder) => add(folder, words().directory));
  if (files.length || folders.length) panel.dataset.open = "";
  setTimeout(next, timeToName);
}

// enqueueRecording puts what was recorded in the browser into the queue, in a
// format for the phone. It goes up when its user has listened to it.
export function enqueueRecording(uploadPanel, file, doubt) {
  panel = uploadPanel;
  const item = add(file, "", true);
  const name = item.row.querySelector(".queue-name");
  name.focus();
  name.select();
  convert(item, "recorded", doubt);
}

function refusal(file) {
  if (file.size === 0) return words().empty;
  if (file.size > Number(panel.dataset.maxBytes)) return panel.dataset.tooLarge;
  return "";
}

function add(file, reason, convertible = false) {
  const row = template().content.firstElementChild.cloneNode(true);
  const item = { file, row, final: reason !== "", readyAt: Date.now() + timeToName };
  const name = row.querySelector(".queue-name");
  name.value = file.name.replace(/(?<=.)\.[^.]*$/, "");
  name.addEventListener("blur", () => setTimeout(next));
  name.addEventListener("input", () => nameControls(item));
  name.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    item.readyAt = 0;
    name.blur();
  });
  row.querySelector("[data-about]").textContent = about(file);
  row.querySelector("[data-convert]").addEventListener("click", () => convert(item));
  row.querySelector("[data-send]").addEventListener("click", () => {
    item.readyAt = 0;
    setState(item, "waiting");
    next();
  });
  row.querySelector("[data-retry]").addEventListener("click", () => {
    item.readyAt = 0;
    setState(item, "waiting");
    next();
  });
  row.querySelector("[data-cancel]").addEventListener("click", () => {
    item.abort?.();
    item.abort = undefined;
    setState(item, "cancelled");
    next();
  });
  row.querySelector("[data-remove]").addEventListener("click", () => remove(item));
  items.add(item);
  nameControls(item);
  panel.querySelector("[data-queue]").append(row);
  if (convertible) setState(item, "offered", reason);
  else setState(item, reason ? "failed" : "waiting", reason);
  return item;
}

// nameControls says with each control which file it is about.
function nameControls({ row, file }) {
  const name = row.querySelector(".queue-name").value.trim() || file.name;
  row.querySelectorAll("input, progress, audio, button, a").forEach((control) => {
    control.dataset.action ??= control.ariaLabel ?? control.textContent.trim();
    control.ariaLabel = fill(words().named, { action: control.dataset.action, name });
  });
}

// convert makes a file fit for the phone. What comes of it is shown with both
// sizes, and can be listened to; it goes up only when the user says so.
async function convert(item, state = "converted", doubt = "") {
  const bar = item.row.querySelector("progress");
  bar.removeAttribute("value"); // until decoding is done nobody knows how far it is
  setState(item, "converting");
  const conversion = prepareConversion(item.file, (share) => (bar.value = share * 100));
  item.abort = conversion.abort;
  const { file, reason } = await conversion.result;
  if (item.state === "cancelled") return;
  item.abort = undefined;
  bar.value = 0;
  if (!file) {
    item.final = true;
    setState(item, "failed", words()[`convert${reason}`] ?? words().convertFailed);
    return;
  }
  const was = state === "recorded" ? "" : `${about(item.file)} → `;
  item.row.querySelector("[data-about]").textContent = was + about(file);
  item.row.querySelector("audio").src = URL.createObjectURL(file);
  item.file = file;
  const large = refusal(file);
  item.final = large !== "";
  setState(item, large ? "failed" : state, large || doubt);
}

function about(file) {
  const ending = file.name.match(/(?<=.)\.([^.]{1,5})$/)?.[1].toUpperCase() ?? "";
  return ending ? `${ending} · ${bytes(file.size)}` : bytes(file.size);
}

function setState(item, state, reason = "") {
  item.state = state;
  item.row.dataset.state = state;
  item.row.querySelector("[data-reason]").textContent = reason;
  if (!ready.includes(state)) item.row.querySelector("audio").pause();
  item.row.querySelector(".queue-name").readOnly = !["offered", ...ready, "waiting", "failed", "cancelled"].includes(state);
  item.row.querySelector("[data-retry]").hidden = item.final;
  item.row.querySelector("progress").hidden = !["converting", "waiting", "sending", "checking", "done"].includes(state);
  const finished = [...items].some((i) => ["done", "failed", "cancelled"].includes(i.state));
  panel.querySelector("[data-queue-clear]").hidden = !finished;
}

const running = () => [...items].filter((item) => ["sending", "checking"].includes(item.state));

function next() {
  const free = atOnce - running().length;
  if (free <= 0 || document.activeElement?.matches(".queue-item[data-state=waiting] .queue-name")) return;
  [...items]
    .filter((item) => item.state === "waiting" && item.readyAt <= Date.now())
    .slice(0, free)
    .forEach(start);
}

async function start(item) {
  const bar = item.row.querySelector("progress");
  const percent = item.row.querySelector("[data-percent]");
  bar.value = 0;
  percent.textContent = "";
  setState(item, "sending");
  const { answer, abort } = sendFile(item.file, item.row.querySelector(".queue-name").value, (share) => {
    bar.value = share * 100;
    percent.textContent = `${Math.floor(share * 100)} %`;
    if (share === 1) setState(item, "checking");
  });
  item.abort = abort;
  const result = await answer;
  if (item.state === "cancelled") return;
  if (result.row) {
    bar.value = 100;
    setState(item, "done");
    item.row.querySelector("[data-note]").textContent = result.note;
    showUploaded(item.row, result);
  } else if (result.refusal === "convertible") {
    setState(item, "offered", result.reason);
  } else {
    item.final = Boolean(result.final);
    setState(item, "failed", result.reason || words().network);
  }
  next();
}

function remove(item) {
  items.delete(item);
  URL.revokeObjectURL(item.row.querySelector("audio").src);
  item.row.remove();
  if (items.size === 0) panel.querySelector("[data-queue-clear]").hidden = true;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-queue-clear]")) return;
  [...items].filter((item) => ["done", "failed", "cancelled"].includes(item.state)).forEach(remove);
  event.target.hidden = true;
});

// Leaving the page would break off what is under way: the browser asks.
window.addEventListener("beforeunload", (event) => {
  if ([...items].some((item) => ["converting", ...ready, "waiting", "sending", "checking"].includes(item.state))) event.preventDefault();
});
