// Converts a sound that the browser can decode into the sound of a telephone:
// WAV, mono, 8 kHz, 16 bits, low-passed so that nothing above 4 kHz folds back.

import { addPowers, chooseChannel } from "./sound/channels.js";

const decodedRate = 48000; // a multiple of 8000, and not below any usual rate
const pieceSeconds = 10; // what goes to the worker at a time
const longestSeconds = 30 * 60; // 28.8 MB when converted, 690 MB of stereo while decoded
const largestBytes = 512 << 20;

// ConversionError says by its reason why there is no converted sound:
// "undecodable" (the browser does not know the format), "too-long", "aborted",
// or "failed" (the file could not be read, or the worker not be started).
export class ConversionError extends Error {
  constructor(reason, cause) {
    super(`conversion: ${reason}`, { cause });
    this.name = "ConversionError";
    this.reason = reason;
  }
}

// convertToPhoneWav gives a promise of a Blob. onProgress is called with shares
// from 0 to 1, but not before the file is decoded: browsers do not tell how far
// they have come with that, and a long MP3 keeps them busy for seconds.
export async function convertToPhoneWav(file, { onProgress = () => {}, signal, maxSeconds = longestSeconds } = {}) {
  const sound = await unlessAborted(decode(file, maxSeconds), signal);
  onProgress(0);
  const chosen = await unlessAborted(choose(sound), signal);
  const worker = new Worker(new URL("./convert-worker.js", import.meta.url), { type: "module" });
  try {
    const wav = await unlessAborted(decimate(worker, sound, chosen, onProgress), signal);
    return new Blob([wav], { type: "audio/wav" });
  } finally {
    worker.terminate();
  }
}

async function decode(file, maxSeconds) {
  if (file.size > largestBytes) throw new ConversionError("too-long");
  const bytes = await file.arrayBuffer().catch((cause) => {
    throw new ConversionError("failed", cause);
  });
  // The context is only there for its rate; it plays and renders nothing.
  const context = new OfflineAudioContext(1, 1, decodedRate);
  const sound = await context.decodeAudioData(bytes).catch((cause) => {
    throw new ConversionError("undecodable", cause);
  });
  if (sound.length === 0) throw new ConversionError("undecodable");
  if (sound.duration > maxSeconds) throw new ConversionError("too-long");
  return sound;
}

// choose finds the channels that make the mono sound, piece by piece, so that the
// page stays alive meanwhile.
async function choose(sound) {
  const all = Array.from({ length: sound.numberOfChannels }, (_, channel) => channel);
  if (all.length !== 2) return all;
  const powers = { left: 0, right: 0, mean: 0 };
  const [left, right] = all.map((channel) => sound.getChannelData(channel));
  const step = pieceSeconds * decodedRate;
  for (let from = 0; from < sound.length; from += step) {
    addPowers(left.subarray(from, from + step), right.subarray(from, from + step), powers);
    await new Promise((resolve) => setTimeout(resolve));
  }
  const side = chooseChannel(powers);
  return side === undefined ? all : [side];
}

// decimate sends the sound to the worker in pieces, the next one when the one
// before is done, so that it is never copied as a whole.
function decimate(worker, sound, chosen, onProgress) {
  return new Promise((resolve, reject) => {
    const failed = (event) => reject(new ConversionError("failed", event.error ?? event.message));
    worker.addEventListener("error", failed);
    worker.addEventListener("messageerror", failed);
    worker.addEventListener("message", ({ data: { taken, wav } }) => {
      onProgress(taken / sound.length);
      if (wav) resolve(wav);
      else send(taken);
    });
    const send = (from) => {
      const frames = Math.min(pieceSeconds * decodedRate, sound.length - from);
      const channels = chosen.map((channel) => {
        const piece = new Float32Array(frames);
        sound.copyFromChannel(piece, channel, from);
        return piece;
      });
      worker.postMessage({ length: sound.length, channels }, channels.map((channel) => channel.buffer));
    };
    send(0);
  });
}

// unlessAborted is a promise that fails as soon as the signal says so, whatever
// becomes of the work. Decoding cannot be stopped, only no longer waited for.
function unlessAborted(work, signal) {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(new ConversionError("aborted", signal.reason));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
