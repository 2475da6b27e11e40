/**
 * What a run of the unit tests says: each test that failed, and one last line that says how many
 * passed, failed or were skipped. With CI=true a test that is skipped fails the run.
 */
import { inspect } from "node:util";

/** @param {AsyncIterable<any>} events */
export default async function* report(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    const isTest = data.details?.type !== "suite";
    if (type === "test:pass" && isTest) {
      counts[data.skip !== undefined || data.todo !== undefined ? "skipped" : "passed"] += 1;
    } else if (type === "test:fail" && isTest) {
      counts.failed += 1;
      const error = data.details.error.cause ?? data.details.error;
      const place = data.file ? `${data.file}:${data.line}` : "";
      yield `FAILED ${data.name}\n  ${place}\n  ${textOf(error).replaceAll("\n", "\n  ")}\n\n`;
    } else if (type === "test:stdout" || type === "test:stderr") {
      yield data.message;
    }
  }
  const isFailed = counts.failed > 0 || counts.passed === 0;
  if (isFailed || (counts.skipped > 0 && process.env.CI)) {
    process.exitCode = 1;
  }
  const parts = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  yield `JavaScript: ${parts.join(", ")}\n`;
}

/** @param {unknown} error */
function textOf(error) {
  return error instanceof Error ? String(error.stack) : inspect(error);
}
