/**
 * A client's record and its changes: pure functions that return a new record. Keys that this
 * version does not know are kept.
 *
 * @typedef {"yes" | "no" | "unknown"} Answer
 * @typedef {Record<string, Answer>} Answers by the facts' ids
 * @typedef {import("./fields.js").Fields} Fields
 * @typedef {Fields & { format: string, rules: string, id: string }} ClientRecord
 * @typedef {NonNullable<Fields["log"]>[number]} Entry
 * @typedef {NonNullable<Fields["letter"]>} Letter
 * @typedef {NonNullable<Fields["stage"]>} Stage
 */
import { trimLog } from "./log-limits.js";

export const FORMAT = "client-case/1";

const NOTE_ENTRY_MS = 600_000;

/** @param {string} rules @returns {ClientRecord} */
export function blank(rules) {
  return { format: FORMAT, rules, id: newId(), answers: {} };
}

/** @param {ClientRecord} record @param {string | undefined} id undefined keeps the present one */
export function withId(record, id) {
  return id === undefined ? record : { ...record, id };
}

// They would turn around what is shown behind the name. `checklist/views/wording.py` has them too.
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** @param {ClientRecord} record @param {string} unnamed @returns {string} */
export function nameOf({ name }, unnamed) {
  return (typeof name === "string" && name.replace(DIRECTION_CONTROLS, "")) || unnamed;
}

/** @returns {string} a random id; `crypto.randomUUID` would need a secure context */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Date} date @returns {string} ISO 8601, in local time with its offset */
export function localTime(date) {
  const minutes = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  const [hours, rest] = [Math.abs(minutes) / 60, Math.abs(minutes) % 60].map((number) =>
    String(Math.floor(number)).padStart(2, "0"),
  );
  return `${local}${minutes < 0 ? "-" : "+"}${hours}:${rest}`;
}

const METADATA = ["format", "rules", "id", "changed", "link"];

/** @param {ClientRecord} record @returns {boolean} whether there is anything to store */
export function hasContent(record) {
  return Object.entries(record).some(
    ([key, value]) =>
      !METADATA.includes(key) &&
      (typeof value === "object" ? Object.keys(value ?? {}).length > 0 : value !== ""),
  );
}

const FEW_ANSWERS = 3;

/** @param {ClientRecord} record @returns {boolean} whether losing it would cost more than a minute:
 *   it has several answers, or words of the visitor */
export function isWorthKeeping(record) {
  const { answers, checks = {}, stage: _stage, log: _log, ...others } = record;
  const count = Object.keys(answers).length + Object.keys(checks).length;
  return count >= FEW_ANSWERS || hasContent({ ...others, answers: {} });
}

/** @param {ClientRecord} record @param {string} fact @param {string} text @param {string} at */
export function withNote(record, fact, text, at) {
  const notes = { ...record.notes };
  if ((notes[fact] ?? "") === text) {
    return record;
  }
  if (text) {
    notes[fact] = text;
  } else {
    delete notes[fact];
  }
  const log = record.log ?? [];
  const last = log.at(-1);
  const isContinued = last?.note === fact && timeBetween(last, { at }) < NOTE_ENTRY_MS;
  const entry = { at: isContinued && last ? last.at : at, note: fact, text };
  const entries = [...(isContinued ? log.slice(0, -1) : log), entry];
  return withField(withField(record, "notes", notes, at), "log", entries, at);
}

/**
 * Where the record holds the value of each `data-field`: a key, or a key and a nested key.
 *
 * @typedef {readonly ["name" | "staying"] | readonly ["outcome" | "estimate" | "letter", string]
 *   } Place
 * @type {Readonly<Record<string, Place>>}
 */
export const PARTS = {
  name: ["name"],
  staying: ["staying"],
  decision: ["outcome", "decision"],
  went: ["outcome", "went"],
  "outcome-words": ["outcome", "words"],
  hours: ["estimate", "hours"],
  weeks: ["estimate", "weeks"],
  rate: ["estimate", "rate"],
  greet: ["letter", "greet"],
  better: ["letter", "better"],
  sign: ["letter", "sign"],
  reason: ["letter", "reason"],
  "letter-lang": ["letter", "in"],
};

/**
 * @param {ClientRecord} record
 * @param {string} field a key of `PARTS`
 * @param {string | number} value an empty one is removed; a new decision is logged
 * @param {string} at
 */
export function withPart(record, field, value, at) {
  const place = PARTS[field];
  if (place.length === 1) {
    return withField(record, place[0], String(value), at);
  }
  const [key, inner] = place;
  const changed = withParts(record, key, { [inner]: value }, at);
  const isNew = value && value !== record.outcome?.decision;
  return field === "decision" && isNew
    ? withLogEntry(changed, { at, decision: String(value) })
    : changed;
}

/** @param {ClientRecord} record @param {string} words @param {string} at */
export function withMeeting(record, words, at) {
  return withLogEntry(record, { at, meeting: words });
}

/** @param {ClientRecord} record @param {Entry} entry */
export function withLogEntry(record, entry) {
  return withField(record, "log", [...(record.log ?? []), entry], entry.at);
}

/**
 * @param {ClientRecord} record
 * @param {Letter} parts empty ones are removed
 * @param {string} at
 */
export function withLetter(record, parts, at) {
  return withParts(record, "letter", parts, at);
}

/** @param {ClientRecord} record @param {"outcome" | "estimate" | "letter"} key
 * @param {object} parts @param {string} at */
function withParts(record, key, parts, at) {
  const all = Object.entries({ ...record[key], ...parts }).filter(([, value]) => value !== "");
  return withField(record, key, Object.fromEntries(all), at);
}

/** @param {ClientRecord} record @param {string} note @param {boolean} isTicked @param {string} at */
export function withContext(record, note, isTicked, at) {
  const others = (record.context ?? []).filter((one) => one !== note);
  return withField(record, "context", isTicked ? [...others, note] : others, at);
}

/**
 * @template {"name" | "checks" | "stage" | "notes" | "log" | "outcome" | "staying" | "context"
 *   | "estimate" | "letter"} K
 * @param {ClientRecord} record
 * @param {K} key
 * @param {ClientRecord[K]} value an empty one is removed; a long log is trimmed, which is recorded
 * @param {string} at
 * @returns {ClientRecord}
 */
export function withField(record, key, value, at) {
  const { [key]: _, ...others } = record;
  const isEmpty = Object.keys(value ?? {}).length === 0; // a string has a key for each character
  const changed = isEmpty
    ? others
    : { ...record, ...(key === "log" ? withinLimits(record, value) : { [key]: value }) };
  return /** @type {ClientRecord} */ ({ ...changed, changed: at });
}

/** @param {ClientRecord} record @param {unknown} value a log
 * @returns {Partial<ClientRecord>} the log and how many entries it has lost since it began */
function withinLimits({ trimmed = 0 }, value) {
  const log = /** @type {Entry[]} */ (value);
  const kept = trimLog(log);
  const count = trimmed + log.length - kept.length;
  return { log: kept, ...(count > 0 && { trimmed: count }) };
}

/** The absolute difference: if the clock was set back, a later entry has an earlier time.
 * @param {Entry} before @param {{ at: string }} after */
export function timeBetween(before, after) {
  return Math.abs(Date.parse(after.at) - Date.parse(before.at));
}

/** @param {unknown} value @returns {string} JSON for a file, which may have no lone surrogates */
export function jsonOf(value) {
  const replace = (/** @type {string} */ _, /** @type {unknown} */ part) =>
    typeof part === "string" ? part.replace(/\p{Surrogate}/gu, "\ufffd") : part;
  return JSON.stringify(value, replace, 2);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export function isPlainObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {ClientRecord} stored @returns {boolean} false if a part has a wrong type */
export function canBeMerged(stored) {
  const { answers, checks = {}, notes = {}, outcome, estimate, letter } = stored;
  const { context = [], log = [] } = stored;
  return (
    [answers, checks, notes, outcome ?? {}, estimate ?? {}, letter ?? {}].every(isPlainObject) &&
    [context, log].every(Array.isArray)
  );
}
