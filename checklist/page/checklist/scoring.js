/**
 * Scores the answers: with Python, or with the table of verdicts while Python is not ready.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {import("../client/ticks.js").Ticks} Ticks
 * @typedef {object} Options
 * @property {import("../python/python.js").Python} python
 * @property {ReturnType<import("./verdict-table.js").createTable>} table
 * @property {import("./result.js").ResultView} result
 * @property {import("./next-question.js").NextQuestion} nextQuestion
 * @property {ReturnType<import("./form.js").createForm>} form
 * @property {import("../ui/settings.js").LoadTexts} load the texts about loading
 * @property {() => Promise<((answers: Answers) => import("./explanation-table.js").Reasons) | null>
 *   } loadReasons called once, if Python is slow or has failed
 * @property {import("./advice.js").AdviceView} advice
 * @property {() => Ticks} ticksNow
 * @property {() => boolean} isShared whether the client came by a link
 * @property {() => boolean} isWaiting whether there is nothing to score yet
 * @property {() => void} onScored
 */
import { partsOf } from "../client/ticks.js";

// Then the table's verdict replaces Python's of earlier answers, and the reasons are loaded.
const SLOW_MS = 1_000;

/** @param {Options} options */
export function createScoring({ python, table, result, nextQuestion, form, load, ...options }) {
  const { advice, ticksNow, isShared, isWaiting, loadReasons, onScored } = options;
  const answersNow = () => partsOf(ticksNow()).answers;
  const reasons = createReasons(python, loadReasons, () => showWithoutPython());
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
        const request = python.ask({ do: "score", ...partsOf(ticksNow()) });
        const response = await request.finally(() => clearTimeout(slow));
        if (!isStale && !response.problems) {
          const next = nextQuestion.show(response.result.ask_next, answersNow());
          advice.show(response.advice);
          // A question put aside is one to put to the client.
          const toAsk = next ?? nextQuestion.first;
          result.show(response.result, response.explanation, { next, toAsk });
          form.mark({ ...response.result, next: next?.fact ?? null });
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
    advice.showWithoutPython(partsOf(ticksNow()));
    if (table && !isShared()) {
      const found = table.lookUp(answersNow());
      const next = nextQuestion.show(found.ask_next, answersNow());
      form.mark({ irrelevant: [], next: next?.fact ?? null });
      result.showTableResult(found, next, reasons.of(answersNow()));
      reasons.loadIfSlow();
      return;
    }
    nextQuestion.hide();
    form.mark({ irrelevant: [], next: null });
    const isAnswered = Object.values(answersNow()).some((answer) => answer !== "unknown");
    const title = python.hasFailed ? load.failed : load.waiting;
    result.showNone(python.hasFailed ? "failed" : "none", { title, isAnswered });
  }

  return { scoreLatest, showWithoutPython };
}

/**
 * The reasons to show without Python. They are loaded once, if Python is not ready after a while.
 *
 * @param {Options["python"]} python
 * @param {Options["loadReasons"]} load
 * @param {() => void} onLoaded called if Python still is not ready then
 */
function createReasons(python, load, onLoaded) {
  /** @type {Awaited<ReturnType<Options["loadReasons"]>>} */
  let reasonsOf = null;
  let isAwaited = false;

  return {
    /** @param {Answers} answers */
    of: (answers) => reasonsOf?.(answers) ?? null,
    loadIfSlow() {
      if (isAwaited) {
        return;
      }
      isAwaited = true;
      setTimeout(async () => {
        isAwaited = !python.isReady;
        reasonsOf = python.isReady ? null : await load();
        if (reasonsOf && !python.isReady) {
          onLoaded();
        }
      }, SLOW_MS);
    },
  };
}
