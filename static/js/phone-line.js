// The telephone line, as nodes of Web Audio: what a caller hears of a sound.

// A line carries 300 to 3,400 Hz (ITU-T G.712). The slopes are Butterworth's.
const lowest = 300;
const highest = 3400;

// phoneLine gives the two ends of a line.
export function phoneLine(context) {
  const nodes = [
    ...slope(context, "highpass", lowest, 4),
    ...slope(context, "lowpass", highest, 8),
    new WaveShaperNode(context, { curve: aLawCurve }),
    ...slope(context, "lowpass", highest, 8), // the code's own noise has to stay in the band, too
  ];
  nodes.reduce((node, next) => node.connect(next));
  return { input: nodes[0], output: nodes.at(-1) };
}

// slope is a filter of an even order, made of such of order 2. Their quality is
// in decibels, as Web Audio wants it for these two types.
function slope(context, type, frequency, order) {
  return Array.from({ length: order / 2 }, (_, k) => {
    const quality = 1 / (2 * Math.cos(((2 * k + 1) * Math.PI) / (2 * order)));
    return new BiquadFilterNode(context, { type, frequency, Q: 20 * Math.log10(quality) });
  });
}

// aLaw is what the A-law of ITU-T G.711 makes of a sample from -1 to 1: of
// 4,096 steps on each side the loud ones are told apart 16 to an octave only.
function aLaw(sample) {
  const size = Math.min(Math.abs(sample) * 4096, 4095);
  const step = size < 64 ? 2 : 2 ** (Math.floor(Math.log2(size)) - 4);
  return (Math.sign(sample) * (Math.floor(size / step) + 0.5) * step) / 4096;
}

// The curve is drawn through points, 8 for each of the smallest steps.
const aLawCurve = Float32Array.from({ length: 2 * 16384 + 1 }, (_, i) => aLaw(i / 16384 - 1));
