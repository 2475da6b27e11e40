/**
 * The accessibility checks that the tests inject into a page. Each returns a list of problems, with
 * the elements that have them; an empty list means that nothing is wrong.
 */
const CONTROLS =
  'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]';
const SHEET = [
  ...[".result", ".md-header", ".undo-bar", ".compare-bar", ".menu__items", ".update"],
  ...[".md-sidebar", ".md-tabs", "dialog"],
].join();
const FIELDS = "input:not([type=radio], [type=checkbox], [type=file]), select, textarea";
const OFF = ":disabled, [aria-disabled=true], [inert]";
const TEXT_CONTRAST = 4.5;
const LARGE_CONTRAST = 3;
const RING_CONTRAST = 3;
const CORNER_PX = 4;
const QUOTE_PX = 10;

/** @param {Element} element */
function isSeen(element) {
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

/** @param {Element} element */
function describe(element) {
  const id = element.id ? `#${element.id}` : "";
  const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
  const words = name.trim().replace(/\s+/g, " ").slice(0, 50);
  return `${element.localName}${id}.${element.getAttribute("class") ?? ""} «${words}»`;
}

/**
 * What a person sees of a control: a switch that is hidden stands behind its label.
 *
 * @param {Element} control
 */
function shown(control) {
  if (!(control instanceof HTMLInputElement) || !["radio", "checkbox"].includes(control.type)) {
    return control;
  }
  const labels = [...(control.labels ?? []), control.nextElementSibling];
  const label = labels.find((one) => one instanceof HTMLLabelElement && isSeen(one));
  const isOwn = isSeen(control) && !control.closest("label");
  return isOwn || !label ? control : label;
}

/** @param {Element} element */
function boxes(element) {
  return [...element.getClientRects()].filter(({ width, height }) => width >= 1 && height >= 1);
}

/** @param {Element} element */
function covered(element) {
  // Corners are round, and at a quotation mark the browser finds what is behind.
  const inset = element.querySelector("q") ? QUOTE_PX : CORNER_PX;
  const all = boxes(element);
  const bad = all.flatMap((box) => {
    const [dx, dy] = [Math.min(inset, box.width / 4), Math.min(CORNER_PX, box.height / 4)];
    const points = [
      [box.left + dx, box.top + dy],
      [box.right - dx, box.top + dy],
      [box.left + dx, box.bottom - dy],
      [box.right - dx, box.bottom - dy],
      [box.left + box.width / 2, box.top + box.height / 2],
    ];
    return points.flatMap(([x, y]) => {
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) {
        return [`is off the screen at ${Math.round(x)}, ${Math.round(y)}`];
      }
      const top = document.elementFromPoint(x, y);
      return element.contains(top) ? [] : [`is covered by ${top ? describe(top) : "nothing"}`];
    });
  });
  if (all.length === 0) {
    return ["has no box"];
  }
  return isHigherThanRoom(element) && isSeenSomewhere(element) ? [] : bad;
}

/** Of what is higher than the room between the bars, not all can be seen. @param {Element} element */
function isHigherThanRoom(element) {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  const room = innerHeight - parseFloat(scrollPaddingTop) - parseFloat(scrollPaddingBottom);
  return element.getBoundingClientRect().height > room;
}

/** @param {Element} element */
function isSeenSomewhere(element) {
  return boxes(element).some(({ left, width, top, bottom }) => {
    for (let y = Math.max(top, 0) + 2; y < Math.min(bottom, innerHeight); y += 8) {
      if (element.contains(document.elementFromPoint(left + width / 2, y))) {
        return true;
      }
    }
    return false;
  });
}

/** @type {Map<string, number[]>} */
const parsedColours = new Map();

/** @param {string} colour @returns {number[]} red, green, blue and how opaque it is */
function parts(colour) {
  const found = parsedColours.get(colour) ?? draw(colour);
  parsedColours.set(colour, found);
  return found;
}

/** @param {string} colour */
function draw(colour) {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!canvas) {
    throw new Error("no canvas");
  }
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

/** @param {number[]} colour */
function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {number[]} one @param {number[]} other colours by their parts, both solid */
function ratio(one, other) {
  const [low, high] = [one, other].map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** @param {string} one @param {string} other */
function contrast(one, other) {
  return ratio(parts(one), parts(other));
}

/**
 * A colour that lies on another, which is solid.
 *
 * @param {number[]} top @param {number[]} below @param {number} opacity of what it is in
 */
function over([red, green, blue, alpha], below, opacity) {
  const share = alpha * opacity;
  return [red, green, blue].map((part, index) => part * share + below[index] * (1 - share));
}

/** @typedef {{ colour: number[], opacity: number }} Backdrop the colour behind text, and how opaque the text is */

/**
 * The backdrop of an element's text, if only its ancestors lie behind it.
 *
 * @param {Element | null} element @param {Map<Element, Backdrop>} backdrops @returns {Backdrop}
 */
function backdropOf(element, backdrops) {
  if (!element) {
    return { colour: [255, 255, 255], opacity: 1 };
  }
  const before = backdrops.get(element);
  if (before) {
    return before;
  }
  const below = backdropOf(element.parentElement, backdrops);
  const style = getComputedStyle(element);
  const opacity = below.opacity * parseFloat(style.opacity);
  const made = { colour: over(parts(style.backgroundColor), below.colour, opacity), opacity };
  backdrops.set(element, made);
  return made;
}

/** @param {Element | null} element @returns {string} the nearest colour behind it that is solid */
function ground(element) {
  for (let one = element; one; one = one.parentElement) {
    const { backgroundColor } = getComputedStyle(one);
    if (parts(backgroundColor)[3] === 1) {
      return backgroundColor;
    }
  }
  return getComputedStyle(document.body).backgroundColor;
}

/** @param {Element} element with text, in a drawing or not */
function textContrast(element) {
  const style = getComputedStyle(element);
  if (!(element instanceof SVGElement)) {
    return contrast(style.color, ground(element));
  }
  const box = element.closest("g")?.querySelector("rect");
  return contrast(style.fill, box ? getComputedStyle(box).fill : ground(element));
}

/** @type {Record<string, (element: Element) => boolean>} what axe leaves to people, and our answer */
const REVIEWED = {
  "color-contrast": (element) => textContrast(element) >= TEXT_CONTRAST,
  "hidden-content": () => true, // what is hidden here is shown in another of the states
  "th-has-data-cells": (table) => table.matches(".paper__questions"), // to be filled in by hand
};

/** @param {Element} control */
function ring(control) {
  const target = shown(control);
  for (const one of new Set([control, target])) {
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(one);
    if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) {
      const behind = parseFloat(outlineOffset) < 0 ? one : one.parentElement;
      const seen = contrast(outlineColor, ground(behind));
      return seen >= RING_CONTRAST ? [] : [`has a ring of ${seen.toFixed(1)} to 1`];
    }
  }
  return ["has no ring"];
}

/** @param {Text} text */
function lines(text) {
  const range = document.createRange();
  range.selectNodeContents(text);
  return [...range.getClientRects()].filter(({ width, height }) => width > 2 && height > 2);
}

/** @returns {Text[]} what is written on the page and seen */
function writing() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    const parent = text.parentElement;
    const isLaidOut = parent?.checkVisibility({ contentVisibilityAuto: true });
    if (
      text.data.trim() &&
      parent &&
      isLaidOut &&
      isSeen(parent) &&
      !parent.closest(".visually-hidden, svg")
    ) {
      found.push(text);
    }
  }
  return found;
}

/** @param {DOMRect} one @param {DOMRect} other */
function overlap(one, other) {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 2 && height > 0.3 * Math.min(one.height, other.height);
}

const probe = {
  /**
   * Every rule of axe but those of level AAA, the experimental ones too. What axe cannot decide is
   * wrong as well, unless it was reviewed.
   *
   * @param {string[] | null} only the rules to run, where it is not all of them
   * @param {string[]} without the rules to leave out
   */
  async axe(only = null, without = []) {
    /** @type {any} */
    const { axe } = globalThis;
    /** @type {{ ruleId: string, tags: string[] }[]} */
    const all = axe.getRules();
    const rules = Object.fromEntries(
      all.map(({ ruleId, tags }) => [
        ruleId,
        {
          enabled:
            (only?.includes(ruleId) ?? !tags.includes("wcag2aaa")) && !without.includes(ruleId),
        },
      ]),
    );
    scrollTo(0, 0); // what lies under the header now need not
    const { violations, incomplete } = await axe.run(document, {
      rules,
      resultTypes: ["violations", "incomplete"],
      preload: rules["css-orientation-lock"].enabled, // fetches the styles anew, for this rule
    });
    /** @param {any} rule @param {any} node */
    const line = ({ id }, node) => {
      const why = [...node.any, ...node.all, ...node.none].map(({ message }) => message);
      return `${id}: ${node.html.slice(0, 200)} ${why.join(" ")}`;
    };
    /** @param {any[]} list */
    const flat = (list) =>
      list.flatMap((rule) => rule.nodes.map((/** @type {any} */ node) => [rule, node]));
    const unsure = flat(incomplete).filter(([rule, node]) => {
      const element = document.querySelector(node.target.join(" "));
      return !(element && REVIEWED[rule.id]?.(element));
    });
    return [...flat(violations), ...unsure].map(([rule, node]) => line(rule, node));
  },

  /** What makes a page scroll sideways, or is cut off at its edge. */
  wide() {
    const width = document.documentElement.scrollWidth;
    if (width <= innerWidth) {
      return [];
    }
    const beyond = [...document.body.querySelectorAll("*")].filter(
      (one) => isSeen(one) && one.getBoundingClientRect().right > innerWidth + 1,
    );
    return [`${width} px wide: ${beyond.slice(0, 5).map(describe).join("; ")}`];
  },

  /** Text that its box cuts off, and text that lies on other text. */
  crowded() {
    const all = writing();
    const cut = new Set(
      all.flatMap((text) => {
        for (let one = text.parentElement; one; one = one.parentElement) {
          const style = getComputedStyle(one);
          if (
            (one.matches(".md-header") || // above it the window ends, below it the page begins
              /hidden|clip/.test(`${style.overflowX} ${style.overflowY}`)) &&
            one !== document.body &&
            one !== document.documentElement
          ) {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            const isOut = lines(text).some(
              (line) =>
                line.right > right + 2 ||
                line.left < left - 2 ||
                line.bottom > bottom + 0.3 * line.height ||
                line.top < top - 0.3 * line.height,
            );
            return isOut ? [`${describe(one)} cuts «${text.data.trim().slice(0, 40)}»`] : [];
          }
        }
        return [];
      }),
    );
    const flow = all.filter((text) => !text.parentElement?.closest(SHEET));
    const rows = flow.flatMap((text) => lines(text).map((line) => ({ text, line })));
    rows.sort((one, other) => one.line.top - other.line.top);
    const mixed = rows.flatMap(({ text, line }, index) => {
      const found = [];
      for (const other of rows.slice(index + 1)) {
        if (other.line.top > line.bottom) {
          break;
        }
        if (other.text !== text && overlap(line, other.line)) {
          found.push(`«${text.data.trim()}» lies on «${other.text.data.trim()}»`);
        }
      }
      return found;
    });
    return [...cut, ...mixed];
  },

  /** Text with too little contrast to the backgrounds of its ancestors; drawings are left out. */
  lowContrast() {
    /** @type {Map<Element, Backdrop>} */
    const backdrops = new Map();
    const fields = [...document.querySelectorAll(FIELDS)].filter(isSeen);
    const all = new Set([
      ...writing().map((text) => /** @type {Element} */ (text.parentElement)),
      ...fields,
    ]);
    return [...all].flatMap((element) => {
      if (element.closest(OFF)) {
        return [];
      }
      const { color, fontSize, fontWeight } = getComputedStyle(element);
      const { colour, opacity } = backdropOf(element, backdrops);
      const isLarge = parseFloat(fontSize) >= (parseInt(fontWeight, 10) >= 700 ? 18.66 : 24);
      const seen = ratio(over(parts(color), colour, opacity), colour);
      return seen >= (isLarge ? LARGE_CONTRAST : TEXT_CONTRAST)
        ? []
        : [`${describe(element)} has ${seen.toFixed(2)} to 1`];
    });
  },

  /** Controls of the form that a finger would miss. @param {number} least */
  small(least) {
    const wanted = ":is(button, summary, select, textarea, input, a.plain-button, a.main-button)";
    const controls = [...document.querySelectorAll(`.checklist ${wanted}`)].map(shown);
    const targets = new Set(
      controls.filter((one) => isSeen(one) && !one.matches(".visually-hidden")),
    );
    return [...targets].flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      return Math.min(width, height) >= least
        ? []
        : [`${describe(target)} is ${Math.round(width)} by ${Math.round(height)}`];
    });
  },

  /** What would take longer to move than anybody can see. */
  moving() {
    const found = [...document.querySelectorAll("*")].flatMap((one) =>
      ["", "::before", "::after"].flatMap((part) => {
        const { animationName, animationDuration, transitionDuration } = getComputedStyle(
          one,
          part,
        );
        const animated = animationName === "none" ? "" : animationDuration;
        const slow = `${animated},${transitionDuration}`
          .split(",")
          .some((time) => parseFloat(time) > 0.001);
        return slow ? [`${describe(one)}${part} ${animated} ${transitionDuration}`] : [];
      }),
    );
    return found.slice(0, 5);
  },

  /** Each control that the keyboard should come to, once; of a group of radios one. */
  controls() {
    const groups = new Set();
    const all = [...document.querySelectorAll(CONTROLS)].filter((control) => {
      const isOff = control.matches(':disabled, [tabindex="-1"], [inert] *, .md-toggle');
      if (isOff || !isSeen(shown(control))) {
        return false;
      }
      if (control instanceof HTMLInputElement && control.type === "radio") {
        const isNew = !groups.has(control.name);
        groups.add(control.name);
        return isNew;
      }
      return true;
    });
    return all.map(key);
  },

  /** Where the focus is: who has it, and what is wrong with how that looks. */
  focused() {
    const control = document.activeElement;
    if (!control || control === document.body || control === document.documentElement) {
      return null;
    }
    const wrong = [...new Set([...covered(shown(control)), ...ring(control)])];
    return { key: key(control), wrong: wrong.map((why) => `${describe(control)} ${why}`) };
  },
};

/** @param {Element} control */
function key(control) {
  if (control instanceof HTMLInputElement && control.type === "radio") {
    return `radio ${control.name}`;
  }
  const all = [...document.querySelectorAll(CONTROLS)];
  // Not by its classes: one tells that it has the focus.
  return `${all.indexOf(control)} ${control.localName} ${(control.textContent ?? "").trim()}`;
}

Object.assign(globalThis, { probe });
