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
 *   }[];
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
 *   } | null;
 *   changed?: string;
 *   link?: string;
 * }} Fields
 *
 * @typedef {"text" | "number" | string[] | { pair: string[] }
 *   | { list: Shape } | { map: Shape } | { orNull: Shape }
 *   | { fields: Record<string, Shape>, required?: string[] }} Shape
 */

/** @type {Record<string, Shape>} */
export const FIELDS = {
  id: "text",
  name: "text",
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
      },
      required: ["at"],
    },
  },
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
      },
    },
  },
  changed: "text",
  link: "text",
};
