/**
 * What the worker is started with: the element `#python-runtime` (`checklist/site/render/start.py`),
 * and how it reports its start.
 *
 * @typedef {object} Runtime
 * @property {string} base the address of the folder of the files
 * @property {Record<string, { size: number, digest: string }>} files
 * @property {string | null} image its file; null in a site that was built without it
 * @property {number} silence how long a download may stall, in milliseconds
 * @property {string | null} failedFile the file that failed before, if any
 * @property {string} package the wheel's
 * @property {string} module of the entry point
 * @property {{ request: string, response: string }} selfTest
 *
 * @typedef {(request: string) => string} EntryPoint
 * @typedef {"download" | "start" | "check"} Stage
 * @typedef {(stage: Stage, loaded: number, total: number) => void} Report
 */
