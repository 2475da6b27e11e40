/** What the article says is lost, the visitor's own figures, and why one goes on anyway. */
import { find, findInput, setText } from "../../ui/dom.js";

/** The fields with figures. */
export const FIGURES = ["hours", "weeks", "rate"];

/** @param {import("./panels.js").Panels} panels */
export function createLosses({ root, says, open, ask, show }) {
  const fields = FIGURES.map((name) => findInput(root, `[data-field="${name}"]`));
  const estimate = find(root, '[data-slot="estimate"]');

  /** Mark the figures that are not valid; the line of the sum says what is wrong with them.
   * @returns {boolean} whether all are valid */
  function checkFigures() {
    const wrong = fields.filter(({ validity }) => !validity.valid);
    for (const field of fields) {
      for (const [name, value] of [
        ["aria-invalid", "true"],
        ["aria-describedby", estimate.id],
      ]) {
        if (wrong.includes(field)) {
          field.setAttribute(name, value);
        } else {
          field.removeAttribute(name);
        }
      }
    }
    if (wrong.length > 0) {
      setText(estimate, says.not_a_figure);
    }
    return wrong.length === 0;
  }

  return {
    checkFigures,

    async show() {
      const answer = await ask({ do: "losses", record: open.record });
      show(answer.document, "losses");
      const { text } = await ask({ do: "estimate", figures: open.record.estimate ?? {} });
      if (checkFigures()) {
        setText(estimate, text);
      }
    },
  };
}
