"""The programs that the tests need; ``python -m tests.support.machine`` installs missing ones.

On Debian and its relatives they are installed as root, and in CI with sudo. Elsewhere Chromium
comes from Playwright, and tests that need another program are skipped and say so; in CI that is a
failure (``tests.support.no_skips``).
"""

import os
import shutil
import subprocess
import sys
from typing import Final

import pytest

from tests.support.find_browser import find_browser, find_shell

_CHROMIUM: Final = "chromium"
_SHELL: Final = "chromium-headless-shell"
PROGRAMS: Final = {
    "firefox-esr": ("firefox-esr", "firefox"),
    "webkit2gtk-driver": ("WebKitWebDriver",),
    "xvfb": ("Xvfb",),
    "nginx-light": ("nginx",),
    "openssl": ("openssl",),
}
"""The possible names of each Debian package's program."""

SERVERS: Final = "/usr/sbin"
"""The folder of servers, which not every user has in PATH."""


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
    if package == _SHELL:
        return find_shell()
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), SERVERS))
    return next(
        (found for name in PROGRAMS[package] if (found := shutil.which(name, path=path))), None
    )


def _missing() -> list[str]:
    return [package for package in (_CHROMIUM, _SHELL, *PROGRAMS) if _find(package) is None]


def _install(packages: list[str]) -> None:
    """Install the packages one by one: a missing one must not prevent the others."""
    if shutil.which("apt-get") is None or (root := _root()) is None:
        return
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.run([*apt, "update"], check=False)
    for package in packages:
        command = [*apt, "--no-install-recommends", "install", package]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)


def _root() -> list[str] | None:
    """Return what runs a command as root, if it may; on developers' machines sudo is not used."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    if not os.environ.get("CI") or shutil.which("sudo") is None:
        return None
    return None if subprocess.run([*sudo, "true"], check=False).returncode else sudo


def main() -> int:
    """Install the programs; return 0 where the tests can run, even if some will be skipped."""
    if missing := _missing():
        print("Installing what the tests need:", ", ".join(missing), flush=True)
        _install(missing)
        missing = _missing()
    if _CHROMIUM in missing:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        if code := subprocess.run(command, check=False).returncode:
            return code
    if wanted := [package for package in missing if package in PROGRAMS]:
        print("Tests will be skipped for want of (Debian's packages):", ", ".join(wanted))
    return 0


if __name__ == "__main__":
    sys.exit(main())
