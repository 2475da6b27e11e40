/**
 * Which client is open: the one that the address names, the one that was open last, one from the
 * list, one that came by a link, or a new one.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 */
import { idOf, namesClient, payloadOf } from "../client/address.js";
import { blank, hasContent, localTime, newId, withField, withId } from "../client/record.js";
import { validateRecord } from "../client/validate.js";
import { isSame } from "../store/changes.js";
import { clearAnnouncements, announce, liveRegionOf } from "../ui/announce.js";
import { find, setText } from "../ui/dom.js";
import { focusOn } from "../ui/focus.js";
import { announceLines } from "./lines.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {ReturnType<import("../python/python.js").createPython>} options.python
 * @param {ReturnType<import("./open-client.js").createOpenClient>} options.open
 * @param {ReturnType<import("./unread-notice.js").createUnreadNotice>} options.unread
 * @param {Record<string, any>} options.settings what the page was built with
 * @param {(fact: string, answer: unknown) => boolean} options.accepts
 * @param {() => void} options.beforeAnother what was typed for the client before is to be kept
 * @param {() => void} options.onOpened shows the client that is open now
 * @param {() => void} options.onLinkRead the link in the address was read, and cannot be opened
 */
export function createOpening(root, options) {
  const { store, python, open, unread, settings, accepts, beforeAnother } = options;
  const { onOpened, onLinkRead } = options;
  const { rules, texts } = settings;
  const { says } = texts;
  const liveRegion = liveRegionOf(root);
  const place = find(root, ".casebar");
  const borrowed = find(root, '[data-block="borrowed"]');
  const news = find(root, '[data-block="news"]');
  const line = find(root, '[data-slot="opening"]');
  let openings = 0; // how many clients have been open
  let isLinkRead = true;

  /** The client that the address names, else the one that was open, else a new one. */
  async function openFirst() {
    if (await openFromAddress()) {
      return;
    }
    const id = history.state?.client ?? null;
    const shown = store.snapshot(id);
    const { isValid } = validateRecord(JSON.stringify(shown), rules, accepts);
    // A client has its id before the first answer: two tabs opened at once are about the same one.
    const first = shown && isValid ? shown : withId(blank(rules), id ?? shown?.id);
    adopt(first);
    const opened = openings;
    // A tab that had a client, or was left with a new one, goes on with no other.
    const isChosen = id !== null || (shown !== null && isValid && !hasContent(shown));
    const since = id === null ? await store.openedAfterSnapshot() : undefined;
    const stored =
      since ?? (await store.get(first.id)) ?? (isChosen ? null : await store.openedLast());
    if (opened !== openings) {
      return; // the visitor has gone on to another client
    }
    if (stored) {
      if (!isSame(stored, open.record)) {
        show(stored);
      }
    } else if ((hasContent(first) || id !== null) && store.isReadable()) {
      adopt(blank(rules)); // the database answers, and has no such client
    }
  }

  /** @returns {Promise<boolean>} whether the address names a client */
  async function openFromAddress() {
    const payload = payloadOf(location.hash);
    if (payload !== null) {
      openLink(payload);
      return true;
    }
    const id = idOf(location.hash);
    if (id !== null) {
      const record = await store.get(id);
      leaveAddress();
      show(record ?? blank(rules));
      return true;
    }
    return false;
  }

  /**
   * Show a record; one of other rules, or a damaged one, waits for Python to say what it is.
   *
   * @param {ClientRecord} record
   */
  function show(record) {
    const {
      answers,
      record: readable,
      isValid,
    } = validateRecord(JSON.stringify(record), rules, accepts);
    if (isValid) {
      adopt(record);
    } else {
      // Not waited for: answers given meanwhile are kept, as a client of their own.
      showOther(record, { ...readable, answers });
    }
  }

  /** @param {ClientRecord} record @param {Partial<ClientRecord>} readable */
  async function showOther(record, readable) {
    adopt({ ...blank(rules), ...readable, id: newId() }, { borrowed: true });
    const opened = openings;
    if (!python.isReady) {
      setText(line, says.opening);
    }
    const response = await python.askWhenReady({ do: "open", record });
    if (opened !== openings) {
      return; // the visitor has gone on to another client
    }
    setText(line, "");
    if (response.problems) {
      unread.showRecord(record, response.problems);
      return;
    }
    const { record: brought, news: lines } = response;
    const at = brought.changed ?? localTime(new Date());
    const log = [...(brought.log ?? []), { at, rules }];
    const after = lines.length > 0 ? { ...brought, log } : brought;
    const stored = await store.update(record, after);
    if (opened === openings) {
      adopt(stored ?? after);
      showNews(lines);
    }
  }

  /** @param {string} payload of a link */
  async function openLink(payload) {
    adopt(blank(rules), { borrowed: true });
    isLinkRead = false;
    const opened = openings;
    borrowed.hidden = false;
    borrowed.dataset.state = "opening";
    announceBorrowed(says.opening);
    const response = await python.askWhenReady({ do: "open_link", payload });
    if (opened !== openings) {
      return; // the visitor has gone on to another client
    }
    isLinkRead = true;
    clearAnnouncements(liveRegion); // that it waits
    borrowed.dataset.state = response.problems ? "damaged" : "open";
    if (response.problems) {
      announceBorrowed(response.problems.join("\n"));
      onLinkRead();
      return;
    }
    adopt({ ...response.record, id: newId() }, { borrowed: true });
    borrowed.hidden = false;
    announceBorrowed(says.borrowed);
    showNews(response.news);
  }

  /** @param {string} words */
  function announceBorrowed(words) {
    setText(find(root, '[data-slot="borrowed"]'), words);
    announce(liveRegion, words);
  }

  /** @param {string[]} lines what has changed with the rules */
  function showNews(lines) {
    if (lines.length > 0) {
      news.hidden = false;
      announceLines(root, "news", lines);
    }
  }

  /** @param {ClientRecord} record @param {Parameters<typeof open.open>[1]} [how] */
  function adopt(record, how) {
    beforeAnother();
    openings += 1;
    open.open(record, how);
    borrowed.hidden = true;
    news.hidden = true;
    setText(line, "");
    isLinkRead = true;
    unread.renew();
    onOpened();
  }

  /** The link has done its work: a reload must not bring it back over one's own clients. */
  function leaveAddress() {
    if (namesClient(location.hash)) {
      history.replaceState(history.state, "", location.pathname);
    }
  }

  return {
    openFirst,
    openFromAddress,

    /** @returns {boolean} whether Python has read the link in the address, if there is one */
    get isLinkRead() {
      return isLinkRead;
    },

    /** @param {string} id */
    async openById(id) {
      const record = await store.get(id);
      if (record) {
        unread.forget();
        leaveAddress();
        show(record);
        unread.showSetAside();
      }
    },

    openBlank() {
      leaveAddress();
      unread.forget();
      adopt(blank(rules));
    },

    /** The client that came by a link becomes the visitor's own. */
    async keepBorrowed() {
      focusOn(place);
      await open.edit((there, at) => withField(there, "name", there.name ?? "", at));
      leaveAddress();
      borrowed.hidden = true;
    },

    async leaveBorrowed() {
      focusOn(place);
      leaveAddress();
      await openFirst();
    },

    /** The client that came by a link has become the visitor's own by a change. */
    becomeOwn() {
      leaveAddress();
      borrowed.hidden = true;
    },
  };
}
