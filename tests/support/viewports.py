"""Sizes of the browser's window, in CSS pixels."""

from typing import Final

DESKTOP: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 360, "height": 740}
NARROW: Final = {"width": 320, "height": 640}
"""As narrow as WCAG 2.2 asks a page to fit into (1.4.10, Reflow)."""
