// One file on its way to the server. XMLHttpRequest and not fetch: only it
// tells how far an upload has come.

import { foreignReason, isForbidden, isOurs } from "./foreign.js";
import { ours } from "./request.js";

// sendFile sends a file under a name. It gives a promise of what came of it,
// either the new row of the list, with a note if Plusofon did not confirm it, or
// the reason why there is none, and a function that breaks the upload off.
export function sendFile(file, name, onProgress, key) {
  const request = new XMLHttpRequest();
  const stalled = watchStall(request);
  const failed = async () => ({ ...((await isReadable(file)) ? stalled.outcome() : { changed: true }) });
  const answer = new Promise((resolve) => {
    request.upload.addEventListener("progress", (event) => {
      stalled.moves();
      if (event.lengthComputable) onProgress(Math.min(event.loaded / event.total, 0.99));
    });
    request.upload.addEventListener("load", () => {
      stalled.arrived();
      onProgress(1);
    });
    request.addEventListener("load", () => resolve(read(request)));
    request.addEventListener("error", () => resolve(failed()));
    request.addEventListener("abort", () => resolve(stalled.outcome()));
  });
  const form = new FormData();
  form.append("name", name.trim());
  form.append("file", file, file.name);
  request.open("POST", "/media");
  for (const [name, value] of Object.entries(ours())) request.setRequestHeader(name, value);
  request.setRequestHeader("Dashboard-Upload", key); // by which a second try is known
  request.send(form);
  return { answer, abort: () => request.abort() };
}

// watchStall breaks a request off that has stood still for too long: while it is
// being sent, or, for longer, while Plusofon takes the file. A computer that wakes
// up, or is online again, looks at once.
function watchStall(request) {
  const { stallSending, stallTaking } = document.querySelector("[data-upload]").dataset;
  let last = Date.now();
  let limit = Number(stallSending) * 1000;
  let stalled = false;
  const look = () => {
    if (Date.now() - last < limit) return;
    stalled = true;
    request.abort();
  };
  const timer = setInterval(look, 500);
  window.addEventListener("online", look);
  request.addEventListener("loadend", () => {
    clearInterval(timer);
    window.removeEventListener("online", look);
  });
  return {
    moves: () => (last = Date.now()),
    arrived: () => {
      last = Date.now();
      limit = Number(stallTaking) * 1000;
    },
    outcome: () => (stalled ? { stalled } : {}),
  };
}

// isReadable tells whether a file is still what was chosen: one that was changed
// or deleted since can't be read, however often it is tried.
async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function read(request) {
  if (!isOurs(request)) {
    return { reason: foreignReason(request.status, true), final: request.status === 413 || isForbidden(request.status) };
  }
  // The session has ended. Going to sign in would lose what is in the queue.
  if (request.getResponseHeader("HX-Redirect")) return { signedOut: true };
  const template = document.createElement("template");
  template.innerHTML = request.responseText;
  if (request.status === 201) {
    const events = JSON.parse(request.getResponseHeader("HX-Trigger") ?? "{}");
    const note = events.toast?.lookedUp ? events.toast.text : "";
    return { row: template.content.querySelector("tr"), total: events["media:total"], note };
  }
  const refusal = template.content.querySelector("[data-refusal]")?.dataset.refusal;
  return { reason: reasonIn(template.content, refusal), refusal, final: [409, 413, 415].includes(request.status) };
}

// reasonIn is all that a message says, or, beside the offer to convert a file,
// only what it is. What is wrong with a field comes as a bare text.
function reasonIn(message, refusal) {
  const parts = message.querySelectorAll(refusal?.startsWith("convertible") ? "[data-problem-text]" : "[data-problem] > p");
  const texts = parts.length ? [...parts] : [message];
  return texts.map((part) => part.textContent.replace(/\s+/g, " ").trim()).join(" ");
}
