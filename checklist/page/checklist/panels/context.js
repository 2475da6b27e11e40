/**
 * What a panel gets from `panels.js`, which creates all of them.
 *
 * @typedef {import("../../ui/documents.js").Document} Document
 * @typedef {import("../../python/protocol.js").Requests} Requests
 * @typedef {object} Context
 * @property {HTMLElement} root
 * @property {import("../open-client.js").OpenClient} open
 * @property {ReturnType<import("../../ui/printing.js").createPrinting>} printing
 * @property {ReturnType<import("../../ui/undo-bar.js").createUndoBar>} undoBar
 * @property {Record<string, string>} messages texts
 * @property {import("../../ui/settings.js").Limits} limits
 * @property {<Kind extends keyof Requests>(request: RequestFor<Kind>) =>
 *   Promise<import("../../python/protocol.js").Responses[Kind]>} ask rejects if Python fails or finds
 *   problems, which are shown
 * @property {(region: HTMLElement, task: () => Promise<unknown>) => () => Promise<void>} onPress
 *   handles a press of a button whose task needs Python; `region` is a live region
 * @property {(panel: string) => Promise<void>} update
 * @property {(shown: Document, name: string, heading: "h3" | "h4" | "h5") => void} show
 */
/**
 * @template {keyof Requests} Kind
 * @typedef {import("../../python/protocol.js").RequestFor<Kind>} RequestFor
 */
