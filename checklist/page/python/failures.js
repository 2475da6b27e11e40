/**
 * What goes wrong in the worker, as plain objects: not every browser can send an Error to the
 * page.
 *
 * @typedef {"missing" | "damaged" | "blocked" | "timeout" | "memory" | "python" | "wrong-answer"
 *   | "no-wasm"} FailureReason
 * @typedef {{ type: "failed", reason: FailureReason, file: string | null, detail: string }} Failure
 */

// What browsers and Python say where there is not enough of it.
const NO_MEMORY = /out of memory|allocat|MemoryError/i;

/**
 * @param {FailureReason} reason
 * @param {string | null} file
 * @param {string} detail
 * @returns {Failure}
 */
export function failure(reason, file, detail) {
  return { type: "failed", reason, file, detail };
}

/** @param {unknown} error @returns {error is Failure} */
export function isFailure(error) {
  return typeof error === "object" && error !== null && "type" in error && error.type === "failed";
}

/** @param {unknown} error @returns {Failure} */
export function failureOf(error) {
  if (isFailure(error)) {
    return error;
  }
  const text = textOf(error);
  return failure(NO_MEMORY.test(text) ? "memory" : "python", null, text);
}

/** @param {unknown} error */
export function textOf(error) {
  if (isFailure(error)) {
    return [error.reason, error.file, error.detail].filter(Boolean).join(": ");
  }
  return String(error instanceof Error ? error.message : error);
}
