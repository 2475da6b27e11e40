"""The language of the system, for the command line."""

import ctypes
import locale
import os
import re
import subprocess
import sys
from typing import Final

_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_PREFERRED: Final = "LANGUAGE"
"""Names several languages, best first; it counts where the locale is not that of C."""
_UNTRANSLATED: Final = re.compile(r"(?:C|POSIX)(?:\.|$)")
_QUERY: Final = ("/usr/bin/defaults", "read", "-g", "AppleLanguages")
_TIMEOUT_SECONDS: Final = 5


def system_language() -> str:
    """Return ``ru`` or ``en``: by the environment, else by the system's settings, else English.

    Windows never sets the environment's variables, and macOS only in its terminal.
    """
    named = next(filter(None, map(os.environ.get, _VARIABLES)), None)
    if named is None:
        named = _from_windows() if sys.platform == "win32" else _from_macos()
    elif not _UNTRANSLATED.match(named):
        named = os.environ.get(_PREFERRED) or named
    languages = (one.lower()[:2] for one in named.split(":"))
    return next((one for one in languages if one in ("ru", "en")), "en")


def _from_windows() -> str:
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - mypy knows it on Windows only
    return locale.windows_locale.get(kernel.GetUserDefaultUILanguage(), "")


def _from_macos() -> str:
    """Return the first of the preferred languages; empty on other systems."""
    if sys.platform != "darwin":
        return ""
    try:
        done = subprocess.run(
            _QUERY, capture_output=True, check=True, timeout=_TIMEOUT_SECONDS, encoding="utf-8"
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(r"\w+", done.stdout)
    return found[0] if found else ""
