// Answers that are not the dashboard's: of a proxy before it, or of a gateway
// that wants its own sign-in. Nothing of them is shown; what is known is said by
// their status, in words of the page.

const mark = "Dashboard";
const corner = document.getElementById("toasts");

/**
 * Tells whether an answer is ours.
 * @param {Response | XMLHttpRequest} answer
 */
export const isOurs = (answer) =>
  (answer instanceof XMLHttpRequest ? answer.getResponseHeader(mark) : answer.headers.get(mark)) !== null;

/**
 * Says what a foreign answer means.
 * @param {number} status
 * @param {boolean} writes whether something was to be changed
 */
export function foreignReason(status, writes) {
  const { offline, unreachable, tooLarge, forbidden } = corner.dataset;
  if (status === 413) return tooLarge;
  if (isForbidden(status)) return forbidden;
  return writes ? offline : unreachable;
}

/**
 * Tells whether a proxy does not let requests of this kind pass.
 * @param {number} status
 */
export const isForbidden = (status) => [401, 403, 405, 501].includes(status);
