// Requests of scripts to the dashboard. A failure comes in the words of the
// server, as it does for htmx.

import { foreignReason, isForbidden, isOurs } from "./foreign.js";

const corner = document.getElementById("toasts");

// requestDelete deletes a file. It outlives its page: once sent, it arrives. Where
// a proxy knows no DELETE, the form does the same.
export async function requestDelete(id) {
  const answer = await request(`/media/${id}`, { method: "DELETE", keepalive: true });
  return answer.forbidden ? request(`/media/${id}/delete`, { method: "POST", keepalive: true }) : answer;
}

// request gives the status, and what the server says to a success: in done for
// a write, in value for JSON. To a failure it gives a note for the corner of the
// page, the reason in one line, the server's word for it, and the seconds to
// wait. Where to sign in again is in redirect.
export async function request(path, options = {}) {
  let answer, text;
  try {
    answer = await fetch(path, { ...options, headers: { ...ours(), ...options.headers } });
    text = await answer.text();
  } catch {
    return { status: 0, note: noteOf(corner.dataset.offline), reason: corner.dataset.offline };
  }
  const { status, headers } = answer;
  if (!isOurs(answer)) {
    const reason = foreignReason(status, !["GET", undefined].includes(options.method));
    return { status: 0, forbidden: isForbidden(status), note: noteOf(reason), reason };
  }
  if (status === 204) return { status };
  const trigger = headers.get("HX-Trigger");
  if (answer.ok && trigger) return { status, done: JSON.parse(trigger).toast.text };
  if (answer.ok && headers.get("Content-Type")?.startsWith("application/json")) return { status, value: JSON.parse(text) };
  const template = document.createElement("template");
  template.innerHTML = text;
  const note = template.content.querySelector("[data-problem]");
  return {
    status,
    redirect: headers.get("HX-Redirect"),
    wait: Number(headers.get("Retry-After")),
    problem: note?.dataset.problem,
    note: note ?? noteOf(corner.dataset.offline),
    reason: note ? reasonIn(note) : corner.dataset.offline,
  };
}

/**
 * The headers of every request of a script: what is wanted is a part of a page,
 * and by whom.
 * @returns {Record<string, string>}
 */
export function ours() {
  const { account } = document.body.dataset;
  return { "HX-Request": "true", "HX-Current-URL": location.href, ...(account && { "Dashboard-Account": account }) };
}

function noteOf(text) {
  const note = document.createElement("div");
  note.className = "toast problem";
  note.setAttribute("role", "alert");
  note.dataset.toast = "";
  const line = document.createElement("p");
  line.textContent = text;
  note.append(line);
  return note;
}

const reasonIn = (note) => note.querySelector("p").textContent.replace(/\s+/g, " ").trim();
