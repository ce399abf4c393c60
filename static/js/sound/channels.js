// Which channel of a stereo sound makes a mono one. The mean of both is right
// unless it would lose the voice: it is silent where the sides are opposed, and 6
// dB weaker where one side is empty.

const oneSide = 20; // dB by which the other side is lower
const opposed = 6; // dB by which the mean is below the louder side

/**
 * Measures the power of both sides and of their mean.
 * @param {Float32Array} left
 * @param {Float32Array} right
 * @param {{ left: number, right: number, mean: number }} powers to which it adds
 */
export function addPowers(left, right, powers) {
  let [l, r, m] = [0, 0, 0];
  for (let i = 0; i < left.length; i++) {
    const mean = (left[i] + right[i]) / 2;
    l += left[i] * left[i];
    r += right[i] * right[i];
    m += mean * mean;
  }
  powers.left += l;
  powers.right += r;
  powers.mean += m;
}

/**
 * Chooses by the powers: 0 for the left side, 1 for the right one, undefined for
 * the mean.
 * @param {{ left: number, right: number, mean: number }} powers
 * @returns {0 | 1 | undefined}
 */
export function chooseChannel({ left, right, mean }) {
  const louder = left >= right ? 0 : 1;
  const [high, low] = [Math.max(left, right), Math.min(left, right)];
  if (high === 0) return undefined;
  const loses = low <= high * 10 ** (-oneSide / 10) || mean <= high * 10 ** (-opposed / 10);
  return loses ? louder : undefined;
}
