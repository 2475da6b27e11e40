/**
 * Scores the answers: with Python, or with the table of verdicts while Python is not ready.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {object} Options
 * @property {import("../python/python.js").Python} python
 * @property {ReturnType<import("./verdict-table.js").createTable>} table
 * @property {import("./result.js").ResultView} result
 * @property {ReturnType<import("./form.js").createForm>} form
 * @property {Record<string, string>} load the texts about loading
 * @property {() => Answers} answersNow
 * @property {() => boolean} isBorrowed whether the client came by a link
 * @property {() => boolean} isWaiting whether there is nothing to score yet
 * @property {() => void} onScored
 */

const SLOW_MS = 1_000; // then the table's verdict replaces Python's of earlier answers

/** @param {Options} options */
export function createScoring({ python, table, result, form, load, ...options }) {
  const { answersNow, isBorrowed, isWaiting, onScored } = options;
  let isScoring = false;
  let isStale = false;

  /** Score the present answers, after the request that is running, if there is one. */
  async function scoreLatest() {
    isStale = true;
    const hasNothing = isWaiting();
    if (!python.isReady || hasNothing) {
      showWithoutPython();
    }
    if (isScoring || python.hasFailed || hasNothing) {
      return;
    }
    isScoring = true;
    try {
      while (isStale) {
        isStale = false;
        const slow = setTimeout(showWithoutPython, SLOW_MS);
        const request = python.ask({ answers: answersNow() });
        const response = await request.finally(() => clearTimeout(slow));
        if (!isStale && response.result) {
          result.show(response.result, response.explanation);
          const next = response.explanation.ask?.fact ?? null;
          form.mark({ irrelevant: response.result.irrelevant, next });
          onScored();
        }
      }
    } catch {
      // The engine has failed and reported it.
    } finally {
      isScoring = false;
    }
  }

  function showWithoutPython() {
    form.mark({ irrelevant: [], next: null });
    if (table && !isBorrowed()) {
      result.showTableResult(table.look(answersNow()), python.hasFailed ? "" : load.meanwhile);
      return;
    }
    const isAnswered = Object.values(answersNow()).some((answer) => answer !== "unknown");
    const title = python.hasFailed ? load.failed : load.waiting;
    result.showNone(python.hasFailed ? "failed" : "none", { title, isAnswered });
  }

  return { scoreLatest, showWithoutPython };
}
