/**
 * Opens a client: the one that the address names, the one that was open last, one from the list, a
 * shared one from a link, or a blank one.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {object} Options
 * @property {import("../store/store.js").Store} store
 * @property {import("../python/python.js").Python} python
 * @property {import("./open-client.js").OpenClient} open
 * @property {import("./unreadable-notice.js").UnreadableNotice} notice
 * @property {import("../ui/settings.js").Settings} settings
 * @property {(fact: string, answer: unknown) => boolean} accepts
 * @property {() => void} beforeOpening saves what was typed for the previous client
 * @property {() => void} onOpened shows the client that is open now
 * @property {() => void} onBadLink after a link turned out to be damaged
 */
import { idOf, namesClient, payloadOf } from "../client/address.js";
import { blank, hasContent, localTime, newId, withField, withId } from "../client/record.js";
import { validateRecord } from "../client/validate.js";
import { isSame } from "../store/changes.js";
import { clearAnnouncements, liveRegionOf } from "../ui/announce.js";
import { find, setText } from "../ui/dom.js";
import { findBlock, findSlot, setSlot } from "../ui/parts.js";
import { focusOn } from "../ui/focus.js";
import { replaceState } from "../ui/replace-state.js";
import { announceItems } from "../ui/announce-items.js";
import { createSharedNotice } from "./shared-notice.js";

export class Opening {
  /** Whether Python has decoded the link in the address, if there is one. */
  isLinkDecoded = true;
  #root;
  #options;
  #sharedNotice;
  #known = ""; // the id of the visitor's own client from the link that is open
  #count = 0; // of the clients opened so far, to notice that the visitor has opened another one

  /** @param {HTMLElement} root @param {Options} options */
  constructor(root, options) {
    this.#root = root;
    this.#options = options;
    this.#sharedNotice = createSharedNotice(root, options.settings.texts.messages);
  }

  /** Open the client that the address names, else the one that was open last, else a blank one. */
  async openFirst() {
    if (await this.openFromAddress()) {
      return;
    }
    const { store, open } = this.#options;
    const id = history.state?.client ?? null;
    const shown = store.snapshot(id);
    const { isValid } = this.#validate(shown);
    // The id is kept, so that two tabs that are opened at once have the same client.
    const first = shown && isValid ? shown : withId(this.#blank(), id ?? shown?.id);
    this.#adopt(first);
    const count = this.#count;
    // A tab that had a client, or was left with a blank one, opens no other.
    const isChosen = id !== null || (shown !== null && isValid && !hasContent(shown));
    const since = id === null ? await store.openedAfterSnapshot() : undefined;
    const stored =
      since ?? (await store.get(first.id)) ?? (isChosen ? null : await store.openedLast());
    if (count !== this.#count) {
      return;
    }
    if (stored) {
      if (!isSame(stored, open.record)) {
        this.#open(stored);
      }
    } else if ((hasContent(first) || id !== null) && store.isReadable()) {
      this.#adopt(this.#blank()); // the client was deleted
    }
  }

  /** @returns {Promise<boolean>} whether the address names a client */
  async openFromAddress() {
    const payload = payloadOf(location.hash);
    if (payload !== null) {
      this.#openLink(payload);
      return true;
    }
    const id = idOf(location.hash);
    if (id !== null) {
      const record = await this.#options.store.get(id);
      this.#clearAddress();
      this.#open(record ?? this.#blank());
    }
    return id !== null;
  }

  /** @param {string} id */
  async openById(id) {
    const { store, notice } = this.#options;
    const record = await store.get(id);
    if (record) {
      notice.forget();
      this.#clearAddress();
      this.#open(record);
      notice.showUnreadable();
    }
  }

  openBlank() {
    this.#clearAddress();
    this.#options.notice.forget();
    this.#adopt(this.#blank());
  }

  async keepShared() {
    this.#focusClientBar();
    await this.#options.open.edit((record, at) => withField(record, "name", record.name ?? "", at));
    this.endSharing();
  }

  leaveShared() {
    this.#focusClientBar();
    this.#clearAddress();
    return this.openFirst();
  }

  /** Open the visitor's own client that was kept from the same link before. */
  async openKnown() {
    this.#focusClientBar();
    await this.openById(this.#known);
  }

  /** After Back or Forward: a shared client is left for the client of that history entry. What
   * the visitor has answered about a client stays. */
  async followHistory() {
    const id = history.state?.client;
    if (this.#options.open.isShared && id && !namesClient(location.hash)) {
      const record = await this.#options.store.get(id);
      if (record) {
        this.#open(record);
      } else {
        this.#adopt(this.#blank());
      }
    }
  }

  /** A shared client has become the visitor's own by a change. */
  endSharing() {
    if (!this.isLinkDecoded) {
      return; // the link is opened once Python is ready
    }
    this.#clearAddress();
    this.#sharedNotice.hide();
  }

  #blank() {
    return blank(this.#options.settings.rules);
  }

  /** @param {ClientRecord | null} record */
  #validate(record) {
    const { settings, accepts } = this.#options;
    return validateRecord(JSON.stringify(record), settings.rules, accepts);
  }

  /** Open a stored record. One of older rules, or a damaged one, is passed to Python first.
   * @param {ClientRecord} record */
  #open(record) {
    const { answers, record: validParts, isValid } = this.#validate(record);
    if (isValid) {
      this.#adopt(record);
    } else {
      // Not awaited: meanwhile the visitor may answer, which creates another client.
      this.#openWithPython(record, { ...validParts, answers });
    }
  }

  /** @param {ClientRecord} record @param {Partial<ClientRecord>} validParts shown meanwhile */
  async #openWithPython(record, validParts) {
    const { store, python, notice, settings } = this.#options;
    this.#adopt({ ...this.#blank(), ...validParts, id: newId() }, { isShared: true });
    const count = this.#count;
    const progress = findSlot(this.#root, "opening");
    if (!python.isReady) {
      setText(progress, settings.texts.messages.opening);
    }
    const response = await python.askWhenReady({ do: "open", record });
    if (count !== this.#count) {
      return;
    }
    setText(progress, "");
    if (response.problems) {
      notice.showRecord(record, response.problems);
      return;
    }
    const { record: migrated, news } = response;
    const at = migrated.changed ?? localTime(new Date());
    const log = [...(migrated.log ?? []), { at, rules: settings.rules }];
    const after = news.length > 0 ? { ...migrated, log } : migrated;
    const stored = await store.update(record, after);
    if (count === this.#count) {
      this.#adopt(stored ?? after);
      this.#showNews(news);
    }
  }

  /** @param {string} payload of a link */
  async #openLink(payload) {
    const { python, store, onBadLink } = this.#options;
    this.#adopt(this.#blank(), { isShared: true, isLinkDecoded: false });
    const count = this.#count;
    this.#sharedNotice.showOpening();
    const stored = store.list();
    const response = await python.askWhenReady({ do: "open_link", payload });
    if (count !== this.#count) {
      return;
    }
    this.isLinkDecoded = true;
    clearAnnouncements(liveRegionOf(this.#root));
    if (response.problems) {
      this.#sharedNotice.showDamaged(response.problems);
      onBadLink();
      return;
    }
    const { record, news, link } = response;
    const own = stored.then((records) => records.find((one) => one.link === link));
    // Back or a reload may have led to a link that was opened, and kept, before.
    const kept = history.state?.link === link ? await own : undefined;
    if (count !== this.#count) {
      return;
    }
    if (kept) {
      this.#clearAddress();
      this.#open(kept);
      return;
    }
    replaceState({ ...history.state, link });
    this.#adopt({ ...record, id: newId(), link }, { isShared: true });
    await this.#showShared(own, news);
  }

  /**
   * The client is shown before the database has answered.
   *
   * @param {Promise<ClientRecord | undefined>} own the visitor's own client from the same link
   * @param {string[]} news
   */
  async #showShared(own, news) {
    this.#sharedNotice.reserve();
    const count = this.#count;
    const known = await own;
    if (count === this.#count && this.#options.open.isShared) {
      this.#known = known?.id ?? "";
      this.#sharedNotice.showOpen(known);
      this.#showNews(news);
    }
  }

  /** @param {string[]} news what newer rules have changed */
  #showNews(news) {
    if (news.length > 0) {
      findBlock(this.#root, "news").hidden = false;
      announceItems(this.#root, "news", news);
    }
  }

  /**
   * @param {ClientRecord} record that the page shows from now on
   * @param {{ isShared?: boolean, isLinkDecoded?: boolean }} [how] not decoded: the record is blank
   *   until the link is
   */
  #adopt(record, { isShared = false, isLinkDecoded = true } = {}) {
    const { open, notice, beforeOpening, onOpened } = this.#options;
    beforeOpening();
    this.#count += 1;
    open.open(record, { isShared });
    this.#sharedNotice.hide();
    findBlock(this.#root, "news").hidden = true;
    setSlot(this.#root, "opening", "");
    this.isLinkDecoded = isLinkDecoded;
    notice.render();
    onOpened();
  }

  /** Remove the client from the address: a reload must not open it again. */
  #clearAddress() {
    if (namesClient(location.hash)) {
      replaceState(history.state, location.pathname);
    }
  }

  #focusClientBar() {
    focusOn(find(this.#root, ".client-bar"));
  }
}
