// "As on the phone": data-handset sends the sound of its data-sound through a
// telephone line, or lets it go its own way again.
import { phoneLine } from "./phone-line.js";

const remembered = "player.handset";

let context; // made by the first press, as browsers want it
const ways = new WeakMap(); // by audio element: { source, line }

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-handset]");
  if (!button) return;
  const on = button.ariaPressed !== "true";
  localStorage.setItem(remembered, on ? "on" : "");
  set(button, on);
});

// resumeHandset sets the button of a new player as it was left.
export function resumeHandset(box) {
  if (localStorage.getItem(remembered)) set(box.querySelector("[data-handset]"), true);
}

// releaseHandset lets go of an audio element that is no longer needed.
export function releaseHandset(audio) {
  ways.get(audio)?.source.disconnect();
}

function set(button, on) {
  button.ariaPressed = String(on);
  const { source, line } = wayOf(button.closest("[data-sound]").querySelector("audio"));
  source.disconnect();
  source.connect(on ? line.input : context.destination);
  context.resume();
}

// wayOf makes the way of a sound, which from then on leads through here only.
function wayOf(audio) {
  context ??= new AudioContext();
  if (!ways.has(audio)) {
    const line = phoneLine(context);
    line.output.connect(context.destination);
    ways.set(audio, { source: new MediaElementAudioSourceNode(context, { mediaElement: audio }), line });
  }
  return ways.get(audio);
}
