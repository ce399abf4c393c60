// The worker of convert.js: takes sound at 48 kHz piece by piece, mixes it to
// one channel, low-passes it, keeps every sixth sample, and gives a WAV file.

const factor = 6;
const rate = 8000;
const headerBytes = 44;
const taps = lowPass(191, 4000 / (factor * rate), 6.76);
const delay = (taps.length - 1) / 2; // of the filter, in samples at 48 kHz

// lowPass is a windowed sinc with the cutoff as a share of the sampling rate.
// With Kaiser's window (beta 6.76 for 70 dB; J. F. Kaiser, 1974) and 191 taps
// it is flat up to 3.45 kHz and lets nothing through from 4.55 kHz on.
function lowPass(length, cutoff, beta) {
  const coefficients = Float64Array.from({ length }, (_, i) => {
    const x = i - (length - 1) / 2;
    const sinc = x === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
    return sinc * bessel(beta * Math.sqrt(1 - ((2 * x) / (length - 1)) ** 2));
  });
  const sum = coefficients.reduce((total, c) => total + c);
  return coefficients.map((c) => c / sum); // a gain of 1 for the lowest tones
}

// bessel is the modified Bessel function of the first kind and order 0.
function bessel(x) {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

let line = new Float32Array(delay); // what the next sample depends on; silence before the first
let wav; // DataView of the file
let written = 0; // samples
let taken = 0; // frames at 48 kHz

self.addEventListener("message", ({ data: { length, channels } }) => {
  wav ??= newFile(Math.ceil(length / factor));
  append(mono(channels));
  taken += channels[0].length;
  if (taken < length) {
    self.postMessage({ taken });
    return;
  }
  append(new Float32Array(delay)); // silence after the last
  self.postMessage({ taken, wav: wav.buffer }, [wav.buffer]);
});

// mono is the mean of all channels: it never clips.
function mono([first, ...others]) {
  for (const other of others) other.forEach((sample, i) => (first[i] += sample));
  return others.length ? first.map((sample) => sample / (others.length + 1)) : first;
}

function append(samples) {
  const joined = new Float32Array(line.length + samples.length);
  joined.set(line);
  joined.set(samples, line.length);
  let start = 0;
  for (; start + taps.length <= joined.length; start += factor) {
    let sum = 0;
    for (let i = 0; i < taps.length; i++) sum += taps[i] * joined[start + i];
    write(sum);
  }
  line = joined.slice(start);
}

// write rounds without dither: what comes after it on the line is A-law or
// µ-law, whose steps are at least 8 times as wide; and silence stays silent.
function write(sample) {
  const rounded = Math.round(sample * 32768);
  wav.setInt16(headerBytes + 2 * written, Math.max(-32768, Math.min(32767, rounded)), true);
  written += 1;
}

// newFile is a WAV file of 16-bit PCM with its header, and silence so far.
function newFile(samples) {
  const view = new DataView(new ArrayBuffer(headerBytes + 2 * samples));
  const word = (offset, text) => [...text].forEach((c, i) => view.setUint8(offset + i, c.charCodeAt(0)));
  word(0, "RIFF");
  view.setUint32(4, view.byteLength - 8, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true); // bytes of the format
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true); // bytes a second
  view.setUint16(32, 2, true); // bytes a frame
  view.setUint16(34, 16, true); // bits a sample
  word(36, "data");
  view.setUint32(40, 2 * samples, true);
  return view;
}
