// The panel that shows how far the deletion of many files has come, and what
// came of it: data-deletion.
import { fill, number, plural } from "./words.js";

const panel = document.querySelector("[data-deletion]");
let said; // what those who don't see the bar were told last

// part gives an element of the panel by its name.
export const part = (name) => panel.querySelector(`[data-deletion-${name}]`);

// showDeletion shows the present state of a deletion.
export function showDeletion(deletion) {
  const { deleted, missing, failed, waiting, deleting, total, ended, stopped, redirect } = deletion;
  const progress = fill(panel.dataset.progress, { done: number(deleted.length), total: number(total) });
  const note = noteOn(deletion);
  part("state").textContent = progress;
  Object.assign(part("bar"), { max: total, value: total - waiting.length - deleting.size, hidden: ended });
  count("missing", missing.length);
  count("failed", failed.length);
  if (part("reasons").childElementCount !== failed.length) {
    part("reasons").replaceChildren(...failed.map(({ name, reason }) => lineOf(name, reason)));
  }
  count("left", ended ? waiting.length : 0);
  say("note", note);
  part("stop").hidden = ended || stopped;
  part("close").hidden = !ended;
  part("again").hidden = !ended || waiting.length + failed.length === 0 || Boolean(redirect);
  part("again").textContent = waiting.length ? panel.dataset.resume : panel.dataset.retry;
  part("login").hidden = !ended || !redirect;
  part("login").href = redirect || "/login";
  announce(ended ? "end" : Math.floor((10 * part("bar").value) / total), note, `${progress} ${note}`);
}

// lineOf is a line of a list: a name, and what is to be said about it.
export function lineOf(name, about = "") {
  const line = document.createElement("li");
  const text = document.createElement("bdi");
  text.textContent = name;
  line.append(text);
  if (about) {
    const small = document.createElement("small");
    small.textContent = about;
    line.append(" ", small);
  }
  return line;
}

function count(name, number) {
  say(name, number ? plural(panel.dataset[name], number) : "");
}

function say(name, text) {
  part(name).textContent = text;
  part(name).hidden = text === "";
}

function noteOn({ ended, stopped, reason, resumeAt }) {
  if (ended) return reason;
  if (stopped) return panel.dataset.stopping;
  if (resumeAt === 0) return "";
  return fill(panel.dataset.wait, { time: new Date(resumeAt).toLocaleTimeString(document.documentElement.lang) });
}

// announce does not tell of every single file.
function announce(step, note, text) {
  if (said === step + note) return;
  said = step + note;
  part("live").textContent = text;
}
