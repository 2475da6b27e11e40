/**
 * The page's requests to Python (`checklist/browser.py`), and its responses.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("../ui/documents.js").Document} Document
 *
 * @typedef {{ settled: boolean, possible: string[], irrelevant: string[], ask_next: string[] }
 *   } Result as the rule has it; `ask_next` has the facts that can change the verdict, best first
 * @typedef {{ fact: string, text: string, remedy?: string }} Statement
 * @typedef {{ state: string, state_text: string, text: string }} Condition
 * @typedef {{ id: string, status: string, status_text: string, count: string,
 *   conditions: Condition[] }} Sign
 * @typedef {{ state: string, title: string, lead: string, next: string, progress: string,
 *   margin: string, signs: Sign[], because: Statement[][], change: Statement[][],
 *   because_title: string, not_no: Statement[], change_lead: string,
 *   source: { id: string, text: string } | null,
 *   together: string, more_reasons: string }} Explanation the result in words
 *
 * @typedef {{ title: string, lead: string,
 *   notices: { id: string, weight: "stop" | "settle" | "mine", weight_text: string, text: string,
 *     advice: string, say: string }[],
 *   signing_title: string,
 *   signing: { id: string, answer: string, text: string, state_text: string }[],
 *   letters: { kind: string, title: string }[] }} Advice what stands beside the rule
 *
 * @typedef {{ id: string, name: string, state: string, verdict: string, next: string,
 *   stops: boolean, decision: string }} OverviewRow a client of the list; `stops` if `next` is a
 *   reason to stop
 * @typedef {{ id: unknown, problems: string[] }} UnreadableRecord one that Python cannot read
 * @typedef {{ record: ClientRecord, news: string[] }} Opened a record of the current rules, and what
 *   these have changed
 *
 * @typedef {object} Requests what each kind of request holds beside `do`, which names the kind
 * @property {{ answers: Answers, checks?: Answers, stage?: string }} score
 * @property {{ case: string }} read
 * @property {{ record: ClientRecord }} open
 * @property {{ payload: string }} open_link
 * @property {{ record: ClientRecord, name: boolean, notes: boolean }} link
 * @property {{ record: ClientRecord, in: string }} agenda
 * @property {{ record: ClientRecord }} history
 * @property {{ record: ClientRecord }} losses
 * @property {{ record: ClientRecord }} sheet
 * @property {{ records: ClientRecord[] }} compare
 * @property {{ figures: NonNullable<ClientRecord["estimate"]> }} estimate
 * @property {{ record: ClientRecord, kind: string, in: string,
 *   options: { greet: string, better: string, sign: string, reason: string } }} letter
 * @property {{ records: ClientRecord[] }} overview
 * @property {{ records: ClientRecord[], as: "csv" | "md" }} export
 * @property {{ text: string, here: ClientRecord[] }} import
 *
 * @typedef {object} Responses
 * @property {{ result: Result, explanation: Explanation, advice: Advice }} score
 * @property {{ answers: Answers }} read
 * @property {Opened} open
 * @property {Opened & { link: string }} open_link
 * @property {{ payload: string }} link
 * @property {{ document: Document }} agenda
 * @property {{ document: Document }} history
 * @property {{ document: Document }} losses
 * @property {{ document: Document }} sheet
 * @property {{ document: Document }} compare
 * @property {{ text: string }} estimate
 * @property {{ text: string, none: string, fitting: string, letters: string[],
 *   reasons: string[] }} letter either the text is empty, or the reason why there is none; `fitting`
 *   is the kind that fits best, `letters` all that fit, `reasons` those that the answers give for a
 *   refusal, best first
 * @property {{ rows: OverviewRow[], unreadable: UnreadableRecord[], diary: Document }} overview
 * @property {{ text: string }} export
 * @property {{ lines: string[], records: ClientRecord[] }} import
 *
 * @typedef {{ problems: string[] }} Problems of a request that Python refuses
 */

/**
 * @template {keyof Requests} Kind
 * @typedef {{ do: Kind } & Requests[Kind]} RequestFor
 */
/**
 * @template {keyof Requests} Kind
 * @typedef {(Responses[Kind] & { problems?: undefined }) | Problems} ResponseTo
 */
