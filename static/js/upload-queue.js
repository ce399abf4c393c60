// The queue of uploads: at most two files go up at a time, each with its own
// row, and what failed can be tried again.
import "./one-sound.js";
import { canBeConverted, canBeMadeSmaller, isSilent, prepareConversion } from "./upload-convert.js";
import { about, nameControls, nameField, nameOf, newRow, words } from "./upload-row.js";
import { showSum } from "./queue-sum.js";
import { sendFile } from "./upload-send.js";
import { showUploaded } from "./uploaded.js";
import { fill } from "./words.js";

const atOnce = 2;

// ready are the states of files that wait for their user to listen to them.
const ready = ["converted", "recorded"];

// A file goes by itself, but not at once: there is time to reach for its name,
// and while a name of the queue is being edited nothing new starts.
const timeToName = 1500;

const items = new Set();
let panel;

// enqueue puts files into the queue; folders only get told why not.
export function enqueue(uploadPanel, files, folders = []) {
  panel = uploadPanel;
  files.forEach((file) => add(file, refusal(file), offer(file)));
  folders.forEach((folder) => add(folder, words().directory));
  if (files.length || folders.length) panel.dataset.open = "";
  setTimeout(next, timeToName);
}

// enqueueRecording puts what was recorded in the browser into the queue, in a
// format for the phone. It goes up when its user has listened to it. One that
// ended by itself comes with the reason.
export function enqueueRecording(uploadPanel, file, doubt = "") {
  panel = uploadPanel;
  const item = add(file, "", true);
  Object.assign(item, { recorded: true, doubt });
  const name = nameField(item.row);
  const [first, names] = [name.value, [...items].filter((other) => other !== item).map(nameOf)];
  for (let i = 2; names.includes(name.value); i++) name.value = `${first} (${i})`; // of the same minute
  nameControls(item);
  if (!doubt) {
    name.focus();
    name.select();
  }
  convert(item);
}

// offer tells whether a file is offered to be converted instead of going up.
function offer(file) {
  if (file.size === 0) return false;
  return file.size > Number(panel.dataset.maxBytes) ? canBeMadeSmaller(file) : canBeConverted(file);
}

function refusal(file) {
  if (file.size === 0) return words().empty;
  if (file.size > Number(panel.dataset.maxBytes)) return panel.dataset.tooLarge;
  return "";
}

function add(file, reason, convertible = false) {
  const row = newRow(file);
  const item = { file, row, final: reason !== "", readyAt: Date.now() + timeToName };
  const name = nameField(row);
  name.addEventListener("blur", () => setTimeout(next));
  name.addEventListener("input", () => nameControls(item));
  name.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    item.readyAt = 0;
    if (ready.includes(item.state)) row.querySelector("[data-send]").focus();
    else name.blur();
  });
  row.querySelector("[data-convert]").addEventListener("click", () => convert(item));
  const onRequest = row.querySelector("[data-convert-first]");
  onRequest.hidden = convertible || reason !== "" || !canBeMadeSmaller(file);
  onRequest.addEventListener("click", () => {
    item.abort?.(); // it was not sent as a whole yet
    row.focus();
    convert(item, true);
  });
  row.querySelector("[data-send]").addEventListener("click", () => send(item));
  row.querySelector("[data-retry]").addEventListener("click", () => (item.unfit ? convert(item) : send(item)));
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
  if (convertible) setState(item, "offered", reason || words().notTaken);
  else setState(item, reason ? "failed" : "waiting", reason);
  return item;
}

// send lets a file go up at once. The button that was pressed goes away.
function send(item) {
  item.readyAt = 0;
  item.row.focus();
  setState(item, "waiting");
  next();
}

// convert makes a file fit for the phone. What comes of it is shown with both
// sizes, and can be listened to; it goes up only when the user says so. What is
// converted on request could go up as it is, too.
async function convert(item, onRequest = false) {
  const bar = item.row.querySelector("progress");
  bar.removeAttribute("value"); // until decoding is done nobody knows how far it is
  item.unfit = !onRequest;
  setState(item, "converting");
  const conversion = prepareConversion(item.file, (share) => (bar.value = share * 100));
  item.abort = conversion.abort;
  const { file, reason } = await conversion.result;
  if (item.state === "cancelled") return;
  item.abort = undefined;
  bar.value = 0;
  if (!file) {
    item.final = !onRequest && reason !== "Failed"; // that may go better the next time
    setState(item, "failed", words()[`convert${reason}`] ?? words().convertFailed);
    return;
  }
  const was = item.recorded ? "" : `${about(item.file)} → `;
  item.row.querySelector("[data-about]").textContent = was + about(file);
  item.row.querySelector("audio").src = URL.createObjectURL(file);
  Object.assign(item, { file, unfit: false, key: undefined });
  item.row.querySelector("[data-convert-first]").hidden = true;
  const large = refusal(file);
  item.final = large !== "";
  if (item.recorded && !item.doubt && (await isSilent(file))) item.doubt = words().silent;
  setState(item, large ? "failed" : item.recorded ? "recorded" : "converted", large || item.doubt);
}

function setState(item, state, reason = "") {
  item.state = state;
  item.row.dataset.state = state;
  item.row.querySelector("[data-reason]").textContent = reason;
  if (!ready.includes(state)) item.row.querySelector("audio").pause();
  nameField(item.row).readOnly = !["offered", "converting", ...ready, "waiting", "failed", "cancelled"].includes(state);
  item.row.querySelector("[data-retry]").hidden = item.final;
  item.row.querySelector("progress").hidden = !["converting", "waiting", "sending", "checking", "done"].includes(state);
  if (state === "sending") item.row.querySelector("[data-login]").hidden = true;
  // What failed stands in front, unless someone is just using its row.
  if (state === "failed" && !item.row.contains(document.activeElement)) item.row.parentElement?.prepend(item.row);
  showWhole();
}

const canBeRetried = ({ state, final, unfit }) => state === "failed" && !final && !unfit;

// showWhole shows what is true of all files together.
function showWhole() {
  panel.querySelector("[data-queue-clear]").hidden = ![...items].some(isFinished);
  showSum(panel, [...items].map(({ state }) => state), [...items].filter(canBeRetried).length);
}

// isUnsaved tells what would be lost with the page: a file can be chosen again,
// a recording cannot.
const isUnsaved = ({ state, recorded, signedOut }) =>
  ["converting", ...ready, "waiting", "sending", "checking"].includes(state) || (recorded && state !== "done") || (signedOut && state === "failed");

const isFinished = (item) => ["done", "failed", "cancelled"].includes(item.state) && !isUnsaved(item);

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
  const { answer, abort } = sendFile(item.file, nameField(item.row).value, (share) => {
    bar.value = share * 100;
    percent.textContent = `${Math.floor(share * 100)} %`;
    if (share === 1) setState(item, "checking");
  }, (item.key ??= crypto.getRandomValues(new Uint32Array(4)).join("-")));
  item.abort = abort;
  const result = await answer;
  if (item.abort !== abort) return; // cancelled, or converted instead
  if (result.row) {
    bar.value = 100;
    setState(item, "done");
    item.row.querySelector("[data-note]").textContent = result.note;
    showUploaded(item.row, result);
  } else if (result.signedOut) {
    item.signedOut = true; // and goes up when its user has signed in again
    item.row.querySelector("[data-login]").hidden = false;
    setState(item, "failed", words().signedOut);
  } else if (result.refusal?.startsWith("convertible")) {
    setState(item, "offered", result.reason);
  } else {
    item.final = Boolean(result.final || result.changed);
    setState(item, "failed", result.reason || (result.changed ? words().changed : result.stalled ? words().stalled : words().network));
  }
  next();
}

function remove(item) {
  if (item.recorded && isUnsaved(item) && !confirm(fill(words().discard, { name: nameOf(item) }))) return;
  const neighbour = item.row.nextElementSibling ?? item.row.previousElementSibling;
  items.delete(item);
  URL.revokeObjectURL(item.row.querySelector("audio").src);
  item.row.remove();
  showWhole();
  (neighbour ?? document.querySelector("[data-upload-open]")).focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-queue-clear]")) [...items].filter(isFinished).forEach(remove);
  if (event.target.closest("[data-queue-retry]")) {
    [...items].filter(canBeRetried).forEach((item) => {
      item.readyAt = 0;
      setState(item, "waiting");
    });
    next();
  }
});

// A form whose answer is a file leaves no page, though the browser takes it for that.
let downloading = 0;
document.addEventListener("submit", ({ target, submitter }) => {
  if (target.matches("[data-selection]") && !submitter?.matches("[data-delete-many]")) downloading = Date.now();
});

// Leaving the page would break off what is under way: the browser asks.
window.addEventListener("beforeunload", (event) => {
  if (Date.now() - downloading > 500 && [...items].some(isUnsaved)) event.preventDefault();
});
