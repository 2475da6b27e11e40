/**
 * The verdict of what is answered: Python's, or until Python is there the table's.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 */

const LATE_MS = 1_000; // then the verdict of earlier answers makes way for the table's

/**
 * @param {object} options
 * @param {ReturnType<import("../python/python.js").createPython>} options.python
 * @param {ReturnType<import("./verdict-table.js").createTable>} options.table null where it is of
 *   other rules
 * @param {ReturnType<import("./result.js").createResultView>} options.result
 * @param {ReturnType<import("./form.js").createForm>} options.form
 * @param {Record<string, string>} options.load the texts about loading
 * @param {() => Answers} options.given
 * @param {() => boolean} options.isBorrowed whether the client came by a link
 * @param {() => boolean} options.isWaiting whether there is nothing to score yet
 * @param {() => void} options.onScored
 */
export function createScoring(options) {
  const { python, table, result, form, load, given, isBorrowed, isWaiting, onScored } = options;
  let isScoring = false;
  let isStale = false;

  /** Score what is answered now. While one request is under way the next waits for it. */
  async function scoreLatest() {
    isStale = true;
    const isNothing = isWaiting();
    if (!python.isReady || isNothing) {
      showMeanwhile();
    }
    if (isScoring || python.hasFailed || isNothing) {
      return;
    }
    isScoring = true;
    try {
      while (isStale) {
        isStale = false;
        const late = setTimeout(showMeanwhile, LATE_MS);
        const request = python.ask({ answers: given() });
        const answer = await request.finally(() => clearTimeout(late));
        if (!isStale && answer.result) {
          show(answer.result, answer.explanation);
        }
      }
    } catch {
      // The engine has failed and reported it.
    } finally {
      isScoring = false;
    }
  }

  /** @param {import("./result.js").Result} scored
   * @param {import("./result.js").Explanation} explanation */
  function show(scored, explanation) {
    result.show(scored, explanation);
    form.mark({ irrelevant: scored.irrelevant, next: explanation.ask?.fact ?? null });
    onScored();
  }

  /** Without Python: the table's verdict, for answers that are understood. */
  function showMeanwhile() {
    form.mark({ irrelevant: [], next: null });
    if (table && !isBorrowed()) {
      result.showLooked(table.look(given()), python.hasFailed ? "" : load.meanwhile);
      return;
    }
    const isAnswered = Object.values(given()).some((answer) => answer !== "unknown");
    const title = python.hasFailed ? load.failed : load.waiting;
    result.showNone(python.hasFailed ? "failed" : "none", { title, answered: isAnswered });
  }

  return { scoreLatest, showMeanwhile };
}
