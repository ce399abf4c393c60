// What a browser keeps for a page, where it keeps anything at all: with cookies
// blocked, even looking at its storage throws.

/**
 * @param {() => Storage} storage
 */
const safe = (storage) => ({
  /** @param {string} key @returns {string | null} */
  get(key) {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  },
  /** @param {string} key @param {string} value */
  set(key, value) {
    try {
      storage().setItem(key, value);
    } catch {
      // it is forgotten with the page, then
    }
  },
  /** @param {string} key */
  remove(key) {
    try {
      storage().removeItem(key);
    } catch {
      // there is nothing
    }
  },
});

/** Lasts as long as the tab. */
export const tabStorage = safe(() => window.sessionStorage);

/** Lasts. */
export const lastingStorage = safe(() => window.localStorage);
