// The request that deletes one file. It outlives its page: once sent, it
// arrives.

const corner = document.getElementById("toasts");

// requestDelete deletes a file. It gives the status, what the server says to a
// success, or a note for the corner of the page and the reason in one line.
export async function requestDelete(id) {
  let answer, text;
  try {
    answer = await fetch(`/media/${id}`, {
      method: "DELETE",
      keepalive: true,
      headers: { "HX-Request": "true", "HX-Current-URL": location.href },
    });
    text = await answer.text();
  } catch {
    return { status: 0, note: noteOf(corner.dataset.offline), reason: corner.dataset.offline };
  }
  const redirect = answer.headers.get("HX-Redirect");
  if (redirect) location.assign(redirect); // the session has ended
  if (answer.ok) return { status: answer.status, done: JSON.parse(answer.headers.get("HX-Trigger")).toast.text };
  const template = document.createElement("template");
  template.innerHTML = text;
  const note = template.content.querySelector("[data-problem]");
  if (!note) return { status: answer.status, note: noteOf(corner.dataset.offline), reason: corner.dataset.offline };
  return { status: answer.status, note, reason: reasonIn(note) };
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
