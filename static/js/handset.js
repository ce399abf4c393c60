// "As on the phone": while data-handset is pressed, the sound of its data-sound
// goes through a telephone line.
import { phoneLine } from "./phone-line.js";
import { lastingStorage } from "./storage.js";

const remembered = "player.handset";

let context; // made when first needed: browsers want a press before
const ways = new WeakMap(); // by audio element: { source, line }

const isOn = () => Boolean(lastingStorage.get(remembered));
const audioOf = (button) => button.closest("[data-sound]").querySelector("audio");
const buttonOf = (audio) => audio.closest("[data-sound]")?.querySelector("[data-handset]");

// showHandset sets the buttons of a part of the page as they were left.
export function showHandset(part) {
  part.querySelectorAll("[data-handset]").forEach((button) => (button.ariaPressed = String(isOn())));
}

// releaseHandset lets go of an audio element that is no longer needed.
export function releaseHandset(audio) {
  ways.get(audio)?.source.disconnect();
  context?.suspend();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-handset]");
  if (!button) return;
  lastingStorage.set(remembered, isOn() ? "" : "on");
  showHandset(document);
  lead(audioOf(button), isOn());
});

document.addEventListener("play", ({ target }) => {
  if (buttonOf(target)) lead(target, isOn());
}, { capture: true }); // the event does not bubble

// lead leads a sound through the line, or from there on past it. One that was
// never on it needs no leading.
function lead(audio, on) {
  if (!on && !ways.has(audio)) return;
  context ??= new AudioContext();
  const { source, line } = wayOf(audio);
  source.disconnect();
  source.connect(on ? line.input : context.destination);
  context.resume();
}

// wayOf makes the way of a sound, which from then on leads through here only.
function wayOf(audio) {
  if (!ways.has(audio)) {
    const line = phoneLine(context);
    line.output.connect(context.destination);
    ways.set(audio, { source: new MediaElementAudioSourceNode(context, { mediaElement: audio }), line });
  }
  return ways.get(audio);
}

showHandset(document);
