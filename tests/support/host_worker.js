// Stands in for worker.js where a test is not about Python in the browser: the test's own Python,
// which gives the same bytes (tests/site/test_pyodide.py, tests/engines), answers over the server.

/** @param {object} message as worker.js sends it */
const send = (message) => self.postMessage(message);

self.addEventListener("message", async ({ data: { id, request } }) => {
  try {
    const answer = await fetch("/python", { method: "POST", body: request });
    send({ type: "answer", id, response: await answer.text() });
  } catch (error) {
    send({ type: "failed", reason: "python", file: null, detail: String(error) });
  }
});
send({ type: "progress", stage: "check", loaded: 0, total: 0 });
send({ type: "ready" });
