/**
 * Failures in the worker. They are plain objects because some browsers cannot post an Error.
 *
 * @typedef {"missing" | "damaged" | "blocked" | "timeout" | "memory" | "python" | "wrong-answer"
 *   | "no-wasm"} FailureReason
 * @typedef {{ type: "failed", reason: FailureReason, file: string | null, detail: string }} Failure
 */

// Messages of browsers and of Python.
const OUT_OF_MEMORY = /out of memory|allocat|MemoryError/i;

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
export function toFailure(error) {
  if (isFailure(error)) {
    return error;
  }
  const text = errorText(error);
  return failure(OUT_OF_MEMORY.test(text) ? "memory" : "python", null, text);
}

/** @param {unknown} error */
export function errorText(error) {
  if (isFailure(error)) {
    return [error.reason, error.file, error.detail].filter(Boolean).join(": ");
  }
  return String(error instanceof Error ? error.message : error);
}
