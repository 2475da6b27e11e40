/** A page without a browser, for one test. */
import { Window } from "happy-dom";
import { setGlobals } from "./fakes.mjs";

const GLOBALS = [
  "document",
  "navigator",
  "location",
  "Node",
  "Element",
  "HTMLElement",
  "HTMLInputElement",
  "HTMLAnchorElement",
  "HTMLScriptElement",
  "HTMLTemplateElement",
  "HTMLSelectElement",
  "ErrorEvent",
];
const LISTENING = /** @type {const} */ (["addEventListener", "dispatchEvent"]);

/**
 * @param {import("node:test").TestContext} t
 * @param {string} html of the body
 * @param {Record<string, unknown>} [globals] what else is to be there, or to be otherwise
 */
export function openPage(t, html, globals = {}) {
  const window = /** @type {any} */ (
    new Window({
      url: "https://example.org/site/",
      // Nothing is loaded; a test says itself what fails to.
      settings: { handleDisabledFileLoadingAsSuccess: true },
    })
  );
  window.document.body.innerHTML = html;
  setGlobals(t, {
    ...Object.fromEntries(GLOBALS.map((name) => [name, window[name]])),
    ...Object.fromEntries(LISTENING.map((name) => [name, window[name].bind(window)])),
    Event: window.Event,
    // happy-dom has none of its own.
    Option: function (
      /** @type {string} */ text,
      /** @type {string} */ value,
      /** @type {boolean} */ isDefault,
      /** @type {boolean} */ isSelected,
    ) {
      const option = window.document.createElement("option");
      Object.assign(option, { text, value, defaultSelected: isDefault });
      if (isSelected) {
        option.selected = true;
      }
      return option;
    },
    window,
    localStorage: window.localStorage,
    sessionStorage: window.sessionStorage,
    ResizeObserver: class {
      observe() {}
    },
    ...globals,
  });
  t.after(() => window.happyDOM.abort());
  const document = /** @type {Document} */ (window.document);
  /** @param {string} selector @returns {any} */
  const one = (selector) => document.querySelector(selector);
  /** @param {EventTarget} target @param {string} type @param {object} [parts] */
  const fire = (target, type, parts) => {
    const event = Object.assign(new window.Event(type, { bubbles: true, cancelable: true }), parts);
    target.dispatchEvent(event);
    return event;
  };
  return { window, document, one, fire };
}
