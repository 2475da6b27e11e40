/**
 * Shows the state of the Python runtime: the progress of loading, or a failure and a retry button.
 *
 * @typedef {import("./engine.js").EngineState} EngineState
 * @typedef {import("../ui/settings.js").LoadTexts} LoadTexts
 */
import { find, setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { formatNumber } from "../ui/numbers.js";

const MEGABYTE = 1_000_000;

/**
 * @param {HTMLElement} root holds the engine's block
 * @param {LoadTexts} texts
 * @param {string} lang
 */
export function createStatusView(root, texts, lang) {
  const line = find(root, '[data-slot="engine"]');
  const bar = /** @type {HTMLProgressElement} */ (find(root, '[data-slot="progress-bar"]'));
  const failed = find(root, '[data-block="failed"]');
  const failure = find(root, '[data-slot="failure"]');
  // The text of an element that has just been shown is not announced, so there is a live region.
  const liveRegion = find(root, '[data-slot="engine-said"]');

  /** @param {number} bytes */
  const megabytes = (bytes) => formatNumber((bytes / MEGABYTE).toFixed(1), lang);

  return {
    /** @param {EngineState} state */
    show(state) {
      const loading = state.status === "loading";
      bar.classList.toggle("is-idle", !loading);
      failed.hidden = state.status !== "failed";
      if (state.status !== "failed") {
        setText(liveRegion, "");
      }
      if (state.status === "loading") {
        const { stage, loaded, total } = state;
        bar.max = total || 1;
        bar.value = loaded;
        const values = { loaded: megabytes(loaded), total: megabytes(total) };
        setText(
          line,
          total === 0 && stage === "download" ? texts.idle : fill(texts[stage], values),
        );
      } else if (state.status === "failed") {
        const words = fill(texts.reason[state.reason] ?? "", { file: state.file ?? "Python" });
        setText(line, "");
        setText(failure, words);
        setText(liveRegion, words);
      } else {
        setText(line, state.status === "ready" ? texts.ready : texts.idle);
      }
    },
  };
}
