// What has become of all files in the queue together: one line above it, and what
// failed in front, where it is found.
import { fill } from "./words.js";

/**
 * Counts what became of files.
 * @param {string[]} states
 * @returns {{ total: number, done: number, failed: number }}
 */
export function sumOf(states) {
  const count = (/** @type {string} */ wanted) => states.filter((state) => state === wanted).length;
  return { total: states.length - count("cancelled"), done: count("done"), failed: count("failed") };
}

/**
 * Shows the sum above the queue. For a single file its row says all.
 * @param {HTMLElement} panel
 * @param {string[]} states
 * @param {number} retriable how many of those that failed may be tried again
 */
export function showSum(panel, states, retriable) {
  const { total, done, failed } = sumOf(states);
  const line = /** @type {HTMLElement} */ (panel.querySelector("[data-queue-sum]"));
  line.hidden = total < 2;
  const words = failed ? line.dataset.withFailed : line.dataset.queueSum;
  line.textContent = fill(words, { done: String(done), total: String(total), failed: String(failed) });
  /** @type {HTMLElement} */ (panel.querySelector("[data-queue-retry]")).hidden = retriable < 2;
}
