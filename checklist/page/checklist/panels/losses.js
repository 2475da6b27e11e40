/** The losses that the article names, an estimate from the visitor's figures, and a reason to stay. */
import { setText } from "../../ui/dom.js";
import { findField, findSlot, setAttribute } from "../../ui/parts.js";

/** The fields with figures. */
export const FIGURES = ["hours", "weeks", "rate"];

/** @param {import("./panels.js").Panels} panels */
export function createLosses(panels) {
  const { root, open, says } = panels;
  const fields = FIGURES.map((name) => findField(root, name));
  const estimate = findSlot(root, "estimate");

  /** Mark the figures that are not valid; the line of the estimate says what is wrong with them.
   * @returns {boolean} whether all are valid */
  function checkFigures() {
    for (const field of fields) {
      const { valid } = field.validity;
      setAttribute(field, "aria-invalid", valid ? null : "true");
      setAttribute(field, "aria-describedby", valid ? null : estimate.id);
    }
    const isValid = fields.every(({ validity }) => validity.valid);
    if (!isValid) {
      setText(estimate, says.not_a_figure);
    }
    return isValid;
  }

  return {
    checkFigures,

    async update() {
      const losses = await panels.ask({ do: "losses", record: open.record });
      panels.show(losses.document, "losses");
      const { text } = await panels.ask({ do: "estimate", figures: open.record.estimate ?? {} });
      if (checkFigures()) {
        setText(estimate, text);
      }
    },
  };
}
