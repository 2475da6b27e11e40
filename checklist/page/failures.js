/**
 * What goes wrong in the worker, as plain objects: not every browser can send an Error to the
 * page.
 *
 * @typedef {"missing" | "damaged" | "blocked" | "python" | "wrong-answer"
 *   | "no-wasm"} FailureReason
 * @typedef {{ type: "failed", reason: FailureReason, file: string | null, detail: string }} Failure
 */

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
  return isFailure(error) ? error : failure("python", null, textOf(error));
}

/** @param {unknown} error */
export function textOf(error) {
  if (isFailure(error)) {
    return `${error.reason}: ${error.detail}`;
  }
  return String(error instanceof Error ? error.message : error);
}
