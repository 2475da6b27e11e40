/** The time at risk, estimated from the visitor's figures. */
import { isFieldValid, setText } from "../../ui/dom.js";
import { findField, findSlot, setAttribute } from "../../ui/parts.js";

/** The fields with figures. */
export const FIGURES = ["hours", "weeks", "rate"];

/** @param {import("./context.js").Context} panels */
export function createEstimate(panels) {
  const { root, open, messages } = panels;
  const fields = FIGURES.map((name) => findField(root, name));
  const estimate = findSlot(root, "estimate");

  /** Say at each figure that is not valid what is wrong with it.
   * @returns {boolean} whether all are valid */
  function checkFigures() {
    const invalid = fields.filter((field) => !isFieldValid(field));
    for (const field of fields) {
      const problem = findSlot(root, `${field.dataset.field}-problem`);
      const isInvalid = invalid.includes(field);
      setAttribute(field, "aria-invalid", isInvalid ? "true" : null);
      setAttribute(field, "aria-describedby", isInvalid ? problem.id : null);
      setText(problem, isInvalid ? messages.not_a_figure : "");
    }
    if (invalid.length > 0) {
      setText(estimate, "");
    }
    return invalid.length === 0;
  }

  return {
    checkFigures,

    async update() {
      const { text } = await panels.ask({ do: "estimate", figures: open.record.estimate ?? {} });
      if (checkFigures()) {
        setText(estimate, text);
      }
    },
  };
}
