/**
 * What a client's record holds. Written by checklist/site/assets/page_fields.py from
 * checklist/clients/fields.py.
 *
 * @typedef {{
 *   format?: "client-case/1";
 *   rules?: string;
 *   id?: string;
 *   name?: string;
 *   answers: Record<string, "yes" | "no" | "unknown">;
 *   checks?: Record<string, "yes" | "no" | "unknown">;
 *   stage?: "before" | "begun";
 *   notes?: Record<string, string>;
 *   context?: string[];
 *   log?: {
 *     at: string;
 *     answers?: Record<string, ("yes" | "no" | "unknown" | null)[]>;
 *     note?: string;
 *     text?: string;
 *     meeting?: string;
 *     decision?: string;
 *     rules?: string;
 *     checks?: Record<string, ("yes" | "no" | "unknown" | null)[]>;
 *     stage?: string;
 *   }[];
 *   trimmed?: number;
 *   staying?: string;
 *   outcome?: {
 *     decision?: "" | "taken" | "declined";
 *     went?: "" | "well" | "mixed" | "badly";
 *     words?: string;
 *   } | null;
 *   estimate?: {
 *     hours?: number;
 *     weeks?: number;
 *     rate?: number;
 *   } | null;
 *   letter?: {
 *     kind?: string;
 *     in?: string;
 *     text?: string;
 *     greet?: string;
 *     better?: string;
 *     sign?: string;
 *     reason?: string;
 *   } | null;
 *   changed?: string;
 *   link?: string;
 * }} Fields
 *
 * @typedef {"text" | "number" | string[] | { pair: string[] }
 *   | { list: Shape } | { map: Shape, keys?: string[] } | { orNull: Shape }
 *   | { fields: Record<string, Shape>, required?: string[] }} Shape
 */

/** @type {Record<string, Shape>} */
export const FIELDS = {
  id: "text",
  name: "text",
  checks: {
    map: ["yes", "no", "unknown"],
    keys: [
      "abusive",
      "unlawful_or_harmful",
      "pays_late",
      "nothing_upfront",
      "paid_when_paid",
      "nothing_signed",
      "scope_unwritten",
      "goes_silent",
      "unpaid_test",
      "bad_history",
      "middleman",
      "outside_my_role",
      "need_the_money",
      "no_room",
      "new_to_me",
      "a_favour",
    ],
  },
  stage: ["before", "begun"],
  notes: { map: "text" },
  context: { list: "text" },
  log: {
    list: {
      fields: {
        at: "text",
        answers: { map: { pair: ["yes", "no", "unknown"] } },
        note: "text",
        text: "text",
        meeting: "text",
        decision: "text",
        rules: "text",
        checks: { map: { pair: ["yes", "no", "unknown"] } },
        stage: "text",
      },
      required: ["at"],
    },
  },
  trimmed: "number",
  staying: "text",
  outcome: {
    orNull: {
      fields: {
        decision: ["", "taken", "declined"],
        went: ["", "well", "mixed", "badly"],
        words: "text",
      },
    },
  },
  estimate: {
    orNull: {
      fields: {
        hours: "number",
        weeks: "number",
        rate: "number",
      },
    },
  },
  letter: {
    orNull: {
      fields: {
        kind: "text",
        in: "text",
        text: "text",
        greet: "text",
        better: "text",
        sign: "text",
        reason: "text",
      },
    },
  },
  changed: "text",
  link: "text",
};
