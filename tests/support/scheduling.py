"""The groups of tests that run in the same process, because they share expensive fixtures.

xdist has groups of its own, by a mark that it adds to a test's name; with pytest 9.2 the name is
not changed and these groups have no effect. So the group is computed from the name.
"""

from typing import Final, override

from xdist.scheduler import LoadScopeScheduling

ENGINES: Final = frozenset({"chromium", "firefox", "webkit"})
_ALONE: Final = "tests/browser/"
_TOGETHER: Final = ("tests/browser/test_editions.py", "tests/browser/test_without_image.py")
"""Their tests share a site."""


def group_of(test: str) -> str:
    """Return the name of a test's group.

    Tests in ``tests/engines`` are grouped by engine, which takes seconds to start; those in
    Chromium are not grouped, as each process has one; all others are grouped by file.
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
