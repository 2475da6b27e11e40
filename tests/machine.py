"""The programs that the tests need of the machine; ``python -m tests.machine`` gets what it lacks.

Root of a Debian gets them from there. Elsewhere Chromium comes from Playwright, and the tests that
need another program are skipped and say so; in CI that is a failure (``tests.no_skips``).
"""

import os
import shutil
import subprocess
import sys
from typing import Final

import pytest

from tests.find_browser import find_browser

_CHROMIUM: Final = "chromium"
PROGRAMS: Final = {
    "firefox-esr": ("firefox-esr", "firefox"),
    "webkit2gtk-driver": ("WebKitWebDriver",),
    "xvfb": ("Xvfb",),
    "nginx-light": ("nginx",),
    "openssl": ("openssl",),
}
"""By Debian's package: what its program may be called."""


def required(package: str) -> str:
    """Return the program of one of the packages; skips the test where there is none."""
    program = _find(package)
    if program is None:
        names = " or ".join(PROGRAMS[package])
        pytest.skip(f"There is no {names} on this machine; in Debian it is in {package}.")
    return program


def _find(package: str) -> str | None:
    if package == _CHROMIUM:
        return find_browser()
    # Servers lie where not every user looks for programs.
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
    return next(
        (found for name in PROGRAMS[package] if (found := shutil.which(name, path=path))), None
    )


def _missing() -> list[str]:
    return [package for package in (_CHROMIUM, *PROGRAMS) if _find(package) is None]


def _install(packages: list[str]) -> None:
    """Get what Debian has of them: one that it lacks must not keep the others away."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "-qq", "update"], check=False)
    for package in packages:
        command = [apt, "-qq", "--no-install-recommends", "install", package]
        subprocess.run(command, env=quietly, stdout=subprocess.DEVNULL, check=False)


def main() -> int:
    """Get the programs; return 0 where the tests can run, some of them skipped perhaps."""
    if missing := _missing():
        print("Installing what the tests need:", ", ".join(missing), flush=True)
        _install(missing)
        missing = _missing()
    if _CHROMIUM in missing:
        missing.remove(_CHROMIUM)
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        if code := subprocess.run(command, check=False).returncode:
            return code
    if missing:
        print("Tests will be skipped for want of (Debian's packages):", ", ".join(missing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
