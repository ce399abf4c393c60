// The recorder: data-record begins a recording from the microphone. What was
// recorded goes into the queue of uploads, where it can be listened to.
import { offline } from "./toast.js";
import { fill } from "./words.js";

const longest = 10 * 60; // seconds; then it ends by itself
const audible = 0.003; // of full scale, about -50 dB: below it there are no voices

const panel = document.querySelector("[data-upload]");
const box = document.querySelector("[data-recorder]");
const find = (name) => box.querySelector(`[data-recorder-${name}]`);

panel.querySelector("[data-queue]").before(box);

let recording; // { stream, recorder, context, peak, cancelled }

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-record]")) begin();
  else if (target.closest("[data-recorder-stop]")) stop(false);
  else if (target.closest("[data-recorder-cancel]")) stop(true);
});

async function begin() {
  panel.dataset.open = "";
  box.hidden = false;
  if (!recording) {
    recording = { peak: 0 };
    document.querySelectorAll("audio").forEach((audio) => audio.pause()); // or they are on it
    await record(recording).catch(refuse.bind(undefined, recording));
  }
  find(box.dataset.state === "running" ? "stop" : "cancel").focus();
}

async function record(one) {
  show("asking");
  // navigator.mediaDevices is missing where the connection is not safe.
  one.stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true },
  });
  if (one.cancelled) {
    release(one);
    return;
  }
  one.recorder = new MediaRecorder(one.stream, { audioBitsPerSecond: 128_000 });
  const pieces = [];
  one.recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  one.recorder.addEventListener("stop", () => finish(one, pieces)); // also when the microphone is pulled out
  one.recorder.start();
  show("running");
  watch(one);
}

// watch shows the time and how loud it is, as long as there is a recording.
function watch(one) {
  one.context = new AudioContext();
  const meter = new AnalyserNode(one.context, { fftSize: 2048 });
  one.context.createMediaStreamSource(one.stream).connect(meter);
  const samples = new Float32Array(meter.fftSize);
  const begun = performance.now();
  const end = setTimeout(() => stop(false), longest * 1000);
  const look = () => {
    if (recording !== one) {
      clearTimeout(end);
      return;
    }
    meter.getFloatTimeDomainData(samples);
    const level = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    one.peak = Math.max(one.peak, level);
    find("level").value = Math.max(0, 1 + Math.log10(level + 1e-6) / 2.5); // 50 dB
    const seconds = Math.floor((performance.now() - begun) / 1000);
    find("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    requestAnimationFrame(look);
  };
  look();
}

function stop(cancelled) {
  const one = recording;
  if (one) one.cancelled = cancelled;
  if (one?.recorder) one.recorder.stop(); // its event does the rest
  else close();
}

async function finish(one, pieces) {
  release(one);
  close();
  if (one.cancelled) return;
  const type = one.recorder.mimeType;
  const date = new Intl.DateTimeFormat(document.documentElement.lang, {
    day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
  }).format(new Date());
  const name = fill(box.dataset.name, { date }) + (type.includes("mp4") ? ".mp4" : ".webm");
  try {
    const { enqueueRecording } = await import("./upload-queue.js");
    enqueueRecording(panel, new File(pieces, name, { type }), one.peak < audible ? box.dataset.silent : "");
  } catch {
    offline();
  }
}

function release({ stream, context }) {
  stream.getTracks().forEach((track) => track.stop());
  context?.close();
}

function close() {
  recording = undefined;
  box.hidden = true;
  document.querySelector("[data-record]").focus();
}

// refuse says why there is no recording, and what to do.
function refuse(one, error) {
  if (one.cancelled) return;
  if (one.stream) release(one);
  recording = undefined;
  const reasons = { NotAllowedError: "denied", NotFoundError: "missing" };
  show("", navigator.mediaDevices ? box.dataset[reasons[error.name] ?? "busy"] : box.dataset.insecure);
}

function show(state, reason = "") {
  box.dataset.state = state;
  find("state").textContent = box.dataset[state] ?? "";
  find("time").textContent = "0:00";
  find("level").value = 0;
  find("error").textContent = reason;
}

window.addEventListener("beforeunload", (event) => {
  if (recording?.recorder) event.preventDefault();
});
