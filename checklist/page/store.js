/**
 * Keeping the answers in this browser. Nothing that was saved is overwritten before a copy
 * of it lies safely aside.
 *
 * @typedef {import("./form.js").Answers} Answers
 * @typedef {{ answers: Answers, unread: string | null }} Saved
 *   `unread` is the saved text as it was, where not all of it could be used
 */

const CASE = "client-checklist:case";
const SET_ASIDE = "client-checklist:set-aside";
const FORMAT = "client-case/1";

/**
 * @param {string} rules the version of the rules that the answers are for
 * @param {(fact: string, answer: unknown) => boolean} accepts
 */
export function createStore(rules, accepts) {
  /** @type {Record<string, unknown>} keys of the record that are not ours to drop */
  let kept = {};
  let writable = true;

  /** @returns {Saved} */
  function load() {
    const text = get(CASE);
    if (text === null) {
      kept = {};
      return { answers: {}, unread: get(SET_ASIDE) };
    }
    const { answers, record, whole } = understand(text, rules, accepts);
    kept = record;
    if (!whole) {
      writable = setAside(text);
      return { answers, unread: text };
    }
    return { answers, unread: get(SET_ASIDE) };
  }

  return {
    load,

    /** @param {Answers} answers @returns {boolean} whether the browser keeps them */
    save(answers) {
      const record = { ...kept, format: FORMAT, rules, answers };
      return writable && put(CASE, JSON.stringify(record));
    },

    /**
     * Erase the case; what was set aside stays.
     *
     * @returns {() => void} brings back what the record held beside the answers
     */
    clear() {
      const before = kept;
      kept = {};
      drop(CASE);
      return () => {
        kept = before;
      };
    },

    eraseSetAside() {
      drop(SET_ASIDE);
    },

    /** @param {() => void} onOtherTab called when another tab has saved the case */
    watch(onOtherTab) {
      addEventListener("storage", (event) => {
        if (event.key === CASE || event.key === null) {
          onOtherTab();
        }
      });
    },
  };
}

/**
 * @param {string} text
 * @param {string} rules
 * @param {(fact: string, answer: unknown) => boolean} accepts
 * @returns {{ answers: Answers, record: Record<string, unknown>, whole: boolean }}
 */
function understand(text, rules, accepts) {
  const nothing = { answers: {}, record: {}, whole: false };
  let record;
  try {
    record = JSON.parse(text);
  } catch {
    return nothing;
  }
  if (!isPlain(record) || record.format !== FORMAT || record.rules !== rules) {
    return nothing;
  }
  const { answers, ...others } = record;
  if (!isPlain(answers)) {
    return nothing;
  }
  const entries = Object.entries(answers);
  const good = entries.filter(([fact, answer]) => accepts(fact, answer));
  return {
    answers: /** @type {Answers} */ (Object.fromEntries(good)),
    record: others,
    whole: good.length === entries.length,
  };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isPlain(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Add the text to what is set aside already; the records are parted by a line of their own.
 *
 * @param {string} text
 */
function setAside(text) {
  const before = get(SET_ASIDE);
  if (before === null) {
    return put(SET_ASIDE, text);
  }
  return before.includes(text) || put(SET_ASIDE, `${before}\n\n${text}`);
}

/** @param {string} key @returns {string | null} nothing where the browser refuses storage */
function get(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} text @returns {boolean} whether it is there now */
function put(key, text) {
  try {
    localStorage.setItem(key, text);
    return localStorage.getItem(key) === text;
  } catch {
    return false;
  }
}

/** @param {string} key */
function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Storage that is refused holds nothing to erase.
  }
}
