// The deletion of many files: two at a time, each by a request of its own, so
// that how far it has come is known. What is not begun stays when it ends.
import { requestDelete } from "./request.js";

const atOnce = 2;

// So many answers in a row that Plusofon can't be reached end it. Nothing was
// done then, and the file waits for another time.
const mostUnreached = 3;
const unreached = ["unavailable", "timeout", "insecure"];

// Deletion deletes files, { id, name } each. It calls settled(file, outcome)
// when it is known what became of one, with the name of a list below, and
// changed whenever there is something new to see.
export class Deletion {
  deleted = [];
  missing = []; // were not there any longer
  failed = []; // with their reasons
  deleting = new Set();
  ended = false;
  stopped = false; // nothing more is begun
  reason = ""; // why the rest is not begun; empty if the user does not want it
  redirect = ""; // where to sign in again
  resumeAt = 0; // before which Plusofon wants no request
  #unreached = 0; // in a row
  #wake = [];

  constructor(files, { settled, changed }) {
    this.waiting = [...files];
    this.total = files.length;
    Object.assign(this, { settled, changed });
  }

  // run ends when nothing is under way any longer.
  async run() {
    await Promise.all(Array.from({ length: atOnce }, () => this.#work()));
    this.ended = true;
    this.changed();
  }

  // stop lets what is begun be finished.
  stop(reason = "") {
    if (this.stopped) return;
    this.stopped = true;
    this.reason = reason;
    this.#wake.forEach((wake) => wake());
    this.changed();
  }

  async #work() {
    while (this.waiting.length && !this.stopped) {
      const wait = this.resumeAt - Date.now();
      if (wait > 0) {
        await this.#pause(wait);
        continue;
      }
      this.resumeAt = 0;
      const file = this.waiting.shift();
      this.deleting.add(file);
      this.changed();
      const answer = await requestDelete(file.id);
      this.deleting.delete(file);
      this.#judge(file, answer);
      this.changed();
    }
  }

  #pause(wait) {
    return new Promise((resolve) => {
      this.#wake.push(resolve);
      setTimeout(resolve, wait);
    });
  }

  #judge(file, answer) {
    const out = unreached.includes(answer.problem);
    this.#unreached = out ? this.#unreached + 1 : 0;
    if (answer.done) this.#settle(file, "deleted");
    else if (answer.problem === "media_not_found") this.#settle(file, "missing");
    else if (answer.problem === "rate_limited") this.#waitFor(file, answer.wait);
    else if (out || answer.redirect) this.#tryLater(file, answer);
    else this.#settle({ ...file, reason: answer.reason }, "failed");
    if (answer.status === 0) this.stop(answer.reason); // the others would not arrive either
  }

  #settle(file, outcome) {
    this[outcome].push(file);
    this.settled(file, outcome);
  }

  #waitFor(file, seconds) {
    this.waiting.unshift(file);
    this.resumeAt = Math.max(this.resumeAt, Date.now() + seconds * 1000);
  }

  #tryLater(file, { reason, redirect }) {
    this.waiting.unshift(file);
    this.redirect ||= redirect;
    if (redirect || this.#unreached >= mostUnreached) this.stop(reason);
  }
}
