// The recorder: data-record begins a recording from the microphone. What was
// recorded goes into the queue of uploads, where it can be listened to.
import "./convert.js"; // all that a recording needs is there before it is made
import { enqueueRecording } from "./upload-queue.js";
import { clock, fill } from "./words.js";

const longest = 10 * 60; // seconds; then it ends by itself

const panel = document.querySelector("[data-upload]");
const box = document.querySelector("[data-recorder]");
const find = (name) => box.querySelector(`[data-recorder-${name}]`);
panel.querySelector("[data-queue]").before(box);

let recording; // { stream, recorder, context, cancelled, doubt }

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-record]")) begin();
  else if (target.closest("[data-recorder-stop]")) recording?.recorder.stop();
  else if (target.closest("[data-recorder-cancel], [data-recorder-close]")) cancel();
});

// A key that is held down would press the button that it has just brought.
document.addEventListener("keydown", (event) => {
  if (event.repeat && event.target.closest("[data-record], [data-recorder]")) event.preventDefault();
});

// What is played meanwhile would be on the recording.
document.addEventListener("play", ({ target }) => {
  if (recording) target.pause();
}, { capture: true });

window.addEventListener("beforeunload", (event) => {
  if (recording?.recorder) event.preventDefault();
});

async function begin() {
  panel.dataset.open = "";
  box.hidden = false;
  if (recording) return;
  const one = (recording = {});
  document.querySelectorAll("audio").forEach((audio) => audio.pause());
  show("asking");
  try {
    // navigator.mediaDevices is missing where the connection is not safe.
    one.stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true },
    });
    if (one.cancelled) release(one);
    else record(one);
  } catch (error) {
    refuse(one, error);
  }
}

function record(one) {
  const meter = measure(one);
  const recorder = new MediaRecorder(one.stream, { audioBitsPerSecond: 128_000 });
  const pieces = [];
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  recorder.addEventListener("stop", () => finish(one, pieces));
  one.stream.getTracks().forEach((track) => track.addEventListener("ended", () => (one.doubt = box.dataset.unplugged)));
  recorder.start();
  one.recorder = recorder;
  show("running");
  watch(one, meter);
}

// measure gives a function that tells how loud it is, from 0 to 1 for 50 dB.
function measure(one) {
  one.context = new AudioContext();
  const meter = new AnalyserNode(one.context, { fftSize: 8192 });
  one.context.createMediaStreamSource(one.stream).connect(meter);
  const samples = new Float32Array(meter.fftSize);
  return () => {
    meter.getFloatTimeDomainData(samples);
    const level = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    return Math.max(0, 1 + Math.log10(level + 1e-6) / 2.5);
  };
}

// watch shows the time and how loud it is.
function watch(one, level) {
  const begun = performance.now();
  one.watching = setInterval(() => {
    const seconds = (performance.now() - begun) / 1000;
    find("time").textContent = clock(seconds);
    find("level").value = level();
    if (seconds < longest || one.doubt) return;
    one.doubt = box.dataset.longest;
    one.recorder.stop();
  }, 100);
}

function cancel() {
  if (recording) recording.cancelled = true;
  if (recording?.recorder) recording.recorder.stop(); // its event does the rest
  else close();
}

function finish(one, pieces) {
  release(one);
  close();
  if (one.cancelled) return;
  const type = one.recorder.mimeType;
  const date = new Intl.DateTimeFormat(document.documentElement.lang, {
    day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
  }).format(new Date());
  const name = fill(box.dataset.name, { date }) + (type.includes("mp4") ? ".mp4" : ".webm");
  enqueueRecording(panel, new File(pieces, name, { type }), one.doubt);
}

function release({ stream, context, watching }) {
  clearInterval(watching);
  stream.getTracks().forEach((track) => track.stop());
  context?.close();
}

// close gives the focus back, if it was here.
function close() {
  const focused = box.contains(document.activeElement);
  recording = undefined;
  box.hidden = true;
  if (focused) document.querySelector("[data-record]").focus();
}

// refuse says why there is no recording, and what to do.
function refuse(one, error) {
  if (one.stream) release(one);
  if (one.cancelled) return;
  recording = undefined;
  const reasons = { NotAllowedError: "denied", NotFoundError: "missing" };
  show("refused", navigator.mediaDevices ? box.dataset[reasons[error.name] ?? "busy"] : box.dataset.insecure);
}

// show shows a state, and puts the focus on the first button that it has.
function show(state, reason = "") {
  box.dataset.state = state;
  find("state").textContent = box.dataset[state] ?? "";
  find("time").textContent = "0:00";
  find("level").value = 0;
  find("error").textContent = reason;
  find({ asking: "cancel", running: "stop", refused: "close" }[state]).focus();
}
