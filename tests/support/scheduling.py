"""Which tests one process runs together: those that share what is dear to make.

xdist has groups of its own, by a mark that it adds to a test's name; with pytest 9.2 the name stays
as it is, and the groups come to nothing. So they are told from the name here.
"""

from typing import Final, override

from xdist.scheduler import LoadScopeScheduling

ENGINES: Final = frozenset({"chromium", "firefox", "webkit"})
_ALONE: Final = "tests/browser/"
_TOGETHER: Final = ("tests/browser/test_editions.py",)  # its tests share a site of newer rules


def group_of(test: str) -> str:
    """Return the name of a test's group.

    Those of ``tests/engines`` go by engine, which takes seconds to start; those in Chromium go
    anywhere, as each process has one; all others stay with their file.
    """
    file, _, rest = test.partition("::")
    if file.startswith("tests/engines/"):
        parameters = rest.partition("[")[2].rstrip("]").split("-")
        return next((name for name in parameters if name in ENGINES), file)
    return test if file.startswith(_ALONE) and file not in _TOGETHER else file


class GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands groups to the processes, each whole to the next that is free."""

    @override
    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
