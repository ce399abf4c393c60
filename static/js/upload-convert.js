// Files that Plusofon does not take, but the browser can read: they are
// offered as a conversion to the WAV that telephones want.

// By the ending: what browsers decode and Plusofon refuses. Other files that
// turn out to be of such a kind are told by the server.
const endings = /\.(m4a|mp4|aac|flac|webm|weba|opus|mka)$/i;

// canBeConverted reports whether to offer a conversion before an upload is
// tried.
export function canBeConverted(file) {
  return endings.test(file.name);
}

// canBeMadeSmaller reports whether to offer a conversion for a file that is too
// large: what Plusofon takes, too, becomes smaller by it.
export const canBeMadeSmaller = (file) => canBeConverted(file) || /\.(wav|mp3|ogg|oga)$/i.test(file.name);

// prepareConversion converts a file. It gives a promise of the new file, or of
// the reason why there is none, and a function that breaks the conversion off.
export function prepareConversion(file, onProgress) {
  const controller = new AbortController();
  return { result: convert(file, onProgress, controller.signal), abort: () => controller.abort() };
}

const reasons = { undecodable: "Undecodable", "too-long": "TooLong" };

async function convert(file, onProgress, signal) {
  try {
    const { convertToPhoneWav } = await import("./convert.js");
    const wav = await convertToPhoneWav(file, { onProgress, signal });
    const name = file.name.replace(/(.)\.[^.]*$/, "$1") + ".wav";
    return { file: new File([wav], name, { type: "audio/wav" }) };
  } catch (error) {
    return { reason: reasons[error.reason] ?? "Failed" };
  }
}

// isSilent reports whether a converted sound has nothing above -50 dB: no voice
// is so quiet.
export async function isSilent(wav) {
  const samples = new Int16Array(await wav.slice(44).arrayBuffer());
  return samples.every((sample) => Math.abs(sample) < 100);
}
