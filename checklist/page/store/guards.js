/** Guards against a browser whose storage throws or never answers. */

/**
 * @template T
 * @param {() => T} run
 * @returns {T | undefined} undefined if it throws
 */
export function attempt(run) {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/**
 * A page in a frame shows no clients: the page around it could lead the visitor to press buttons
 * unseen. Headers forbid frames where the host sends them; a policy in the page itself cannot.
 *
 * @returns {boolean}
 */
export function isFramed() {
  return globalThis.top !== undefined && globalThis.top !== globalThis.self;
}

/**
 * Another tab may block the database, and a browser may never answer.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} limit in milliseconds
 * @returns {Promise<T>} rejects after the limit
 */
export function withTimeout(promise, limit) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the browser's storage does not answer")), limit);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
