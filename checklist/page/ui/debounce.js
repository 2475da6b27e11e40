const TYPING_MS = 400;

/** @param {() => void} run
 * @param {number} [delay] in milliseconds, from the last call; the default is a pause in typing */
export function debounce(run, delay = TYPING_MS) {
  /** @type {ReturnType<typeof setTimeout> | number} */
  let timer = 0;
  return {
    call() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = 0;
        run();
      }, delay);
    },
    cancel() {
      clearTimeout(timer);
      timer = 0;
    },
    /** Run a pending call now. */
    flush() {
      if (timer) {
        clearTimeout(timer);
        timer = 0;
        run();
      }
    },
  };
}
