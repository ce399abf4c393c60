// The player: data-play opens it under the row of the file. There is one at a
// time; its volume and speed are remembered.
import { releaseHandset, showHandset } from "./handset.js";
import "./one-sound.js";
import { request } from "./request.js";
import { clock } from "./words.js";
import { lastingStorage } from "./storage.js";

let player; // { row, audio, button, id, pauseLabel }

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-play]");
  if (!button) return;
  event.preventDefault();
  if (player?.button === button) {
    toggle();
    return;
  }
  closePlayer();
  open(button);
});

function open(button, position = 0) {
  const fileRow = button.closest("tr");
  const row = document.getElementById("player-template").content.firstElementChild.cloneNode(true);
  const audio = row.querySelector("audio");
  player = { row, audio, button, id: fileRow.dataset.media };
  const box = row.querySelector("[data-player]");
  const name = fileRow.querySelector("bdi").textContent;
  box.setAttribute("aria-label", box.dataset.label.replace("{name}", () => name));
  player.pauseLabel = box.dataset.pauseNamed.replace("{name}", () => name);
  connect(player);
  showHandset(row);
  fileRow.after(row);
  audio.src = `/media/${player.id}/preview`;
  if (position) audio.addEventListener("loadedmetadata", () => (audio.currentTime = position), { once: true });
  audio.play().catch(() => showState()); // the error event says what is wrong
}

function closePlayer() {
  if (!player) return;
  const { audio, row, button } = player;
  audio.pause();
  audio.removeAttribute("src"); // ends the transfer
  audio.load();
  releaseHandset(audio);
  row.remove();
  player = undefined;
  mark(button, false);
}

function connect({ row, audio }) {
  const find = (name) => row.querySelector(`[data-player-${name}]`);
  const [seek, speed, volume] = [find("seek"), find("speed"), find("volume")];
  volume.value = audio.volume = Number(remembered("volume", 1));
  speed.value = remembered("speed", "1");
  audio.playbackRate = audio.defaultPlaybackRate = Number(speed.value) || 1;
  find("toggle").addEventListener("click", toggle);
  find("close").addEventListener("click", () => {
    const { button } = player;
    closePlayer();
    button.focus();
  });
  seek.addEventListener("input", () => {
    if (Number.isFinite(audio.duration)) audio.currentTime = (seek.value / 1000) * audio.duration;
  });
  speed.addEventListener("change", () => {
    audio.playbackRate = Number(speed.value);
    lastingStorage.set("player.speed", speed.value);
  });
  volume.addEventListener("input", () => {
    audio.volume = volume.value;
    lastingStorage.set("player.volume", volume.value);
  });
  audio.addEventListener("timeupdate", () => {
    find("time").textContent = clock(audio.currentTime);
    if (audio.duration) seek.value = (audio.currentTime / audio.duration) * 1000;
  });
  audio.addEventListener("durationchange", () => (find("length").textContent = clock(audio.duration)));
  find("wave").addEventListener("click", () => drawWave(row, audio));
  for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, showState);
  audio.addEventListener("error", () => failed(row, audio));
}

// drawWave shows the wave, on which one can click. To draw it the whole file
// has to be fetched and decoded, so that it is done only when asked for.
async function drawWave(row, audio) {
  const box = row.querySelector("[data-player-canvas]");
  row.querySelector("[data-player-toggle]").focus(); // the button goes out
  row.querySelector("[data-player-wave]").disabled = true;
  box.hidden = false;
  box.setAttribute("aria-busy", "true");
  const giveUp = () => {
    box.removeAttribute("aria-busy");
    box.hidden = true;
    row.querySelector("[data-player-wave]").disabled = false;
    say(row, row.querySelector("[data-player]").dataset.waveFailed);
  };
  let WaveSurfer;
  try {
    ({ default: WaveSurfer } = await import("../third_party/wavesurfer/wavesurfer.esm.js"));
  } catch {
    giveUp();
    return;
  }
  const colour = getComputedStyle(box);
  const wave = WaveSurfer.create({
    container: box,
    media: audio,
    height: 64,
    waveColor: colour.getPropertyValue("--pico-muted-color"),
    progressColor: colour.getPropertyValue("--pico-primary"),
    cspNonce: document.body.dataset.nonce,
  });
  wave.on("ready", () => box.removeAttribute("aria-busy"));
  wave.on("error", () => {
    wave.unAll();
    giveUp();
  });
}

function remembered(key, otherwise) {
  return lastingStorage.get(`player.${key}`) ?? otherwise;
}

// failed says what is wrong. A browser takes any failure of the server for a
// damaged file, so that the server is asked for its own words.
async function failed(row, audio) {
  const address = audio.getAttribute("src");
  if (!address) return; // closed, not broken
  showState();
  const box = row.querySelector("[data-player]");
  const brokeOff = audio.error?.code === MediaError.MEDIA_ERR_NETWORK;
  const { status, reason } = await request(address, { headers: { Range: "bytes=0-0" } });
  const isWell = status === 200 || status === 206;
  say(row, isWell ? (brokeOff ? box.dataset.offline : box.dataset.damaged) : reason);
}

function say(row, text) {
  row.querySelector("[data-player-error]").textContent = text;
}

function toggle() {
  const { audio, row } = player;
  if (!audio.paused) {
    audio.pause();
    return;
  }
  if (audio.error) {
    say(row, "");
    audio.load(); // once more, from the beginning
  }
  audio.play().catch(() => showState());
}

function showState() {
  if (!player) return;
  const playing = !player.audio.paused && !player.audio.ended;
  mark(player.button, playing);
  mark(player.row.querySelector("[data-player-toggle]"), playing);
}

// mark says on a button what the next press will do. The list does not carry
// the words for a pause in every row.
function mark(button, playing) {
  button.toggleAttribute("data-playing", playing);
  button.dataset.playLabel ??= button.getAttribute("aria-label");
  button.setAttribute("aria-label", playing ? (button.dataset.pauseLabel ?? player.pauseLabel) : button.dataset.playLabel);
}

// When htmx brings a new row or a new list, the player finds its file again.
document.addEventListener("htmx:afterSwap", () => {
  if (!player) return;
  const button = document.querySelector(`[data-media="${CSS.escape(player.id)}"] [data-play]`);
  if (!button) {
    closePlayer();
  } else if (!player.row.isConnected) {
    const { currentTime, paused } = player.audio;
    closePlayer();
    if (!paused) open(button, currentTime);
  } else if (button !== player.button) {
    player.button = button;
    showState();
  }
});

document.addEventListener("keydown", (event) => {
  if (!player || event.target.matches("input, select, textarea, audio")) return;
  const step = { ArrowLeft: -5, ArrowRight: 5 }[event.key];
  if (step) player.audio.currentTime += step;
  else if (event.key === " " && !event.target.matches("button, a, summary")) toggle();
  else return;
  event.preventDefault();
});
