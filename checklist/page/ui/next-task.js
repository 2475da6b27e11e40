/** Work of more than 50 ms is split into tasks: between them the browser reacts to the visitor.
 * @returns {Promise<void>} resolves in a new task */
export function nextTask() {
  return new Promise((resolve) => setTimeout(resolve));
}
