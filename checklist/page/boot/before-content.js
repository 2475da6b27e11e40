/**
 * An inline script at the start of the body. Before the first paint it marks that scripts run, and
 * sets the visitor's palette.
 */
import { applyPalette } from "../every-page/palette.js";

document.documentElement.classList.replace("no-js", "js");
applyPalette();
