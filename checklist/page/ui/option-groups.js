/** Groups the options of a list: those that fit, best first, and the others in their own order. */
import { create } from "./dom.js";

/** What each list had at first, and what it shows.
 * @type {WeakMap<HTMLSelectElement, { options: HTMLOptionElement[], shown: string }>} */
const lists = new WeakMap();

/**
 * An option without a value, which is the default, stays on top. What is chosen stays chosen.
 *
 * @param {HTMLSelectElement} select
 * @param {string[]} fitting values, best first
 * @param {{ fitting: string, others: string }} titles of the two groups
 */
export function groupOptions(select, fitting, titles) {
  const { options, shown } = lists.get(select) ?? { options: [...select.options], shown: "" };
  const wanted = fitting.join(" ");
  if (shown === wanted) {
    return; // a list that the visitor has opened stays open
  }
  lists.set(select, { options, shown: wanted });
  const { value: chosen } = select;
  const first = fitting.flatMap((one) => options.filter(({ value }) => value === one));
  const rest = options.filter((option) => option.value !== "" && !first.includes(option));
  select.replaceChildren(
    ...options.filter(({ value }) => value === ""),
    ...createGroup(titles.fitting, first),
    ...createGroup(titles.others, rest),
  );
  select.value = chosen;
}

/** @param {string} title @param {HTMLOptionElement[]} options */
function createGroup(title, options) {
  const group = create("optgroup", ...options);
  group.label = title;
  return options.length > 0 ? [group] : [];
}
