"""Programs that run during a test and are ended with it."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Final

from tests.support.time_limits import TIMEOUT_SECONDS

_END_SECONDS: Final = 60
_LOOK_EVERY_SECONDS: Final = 0.02


@contextmanager
def running(
    command: Sequence[str], surroundings: Mapping[str, str], *, pass_fds: Sequence[int] = ()
) -> Iterator[None]:
    """Run a program; at the end stop it and all that it has started."""
    with subprocess.Popen(
        command,
        env={**os.environ, **surroundings},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=pass_fds,
    ) as program:
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                program.wait(_END_SECONDS)
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)


def poll[Found](look: Callable[[], Found | None], what: str) -> Found:
    """Call ``look`` again and again until it returns something; raises ``TimeoutError``."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while (found := look()) is None:
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(_LOOK_EVERY_SECONDS)
    return found


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
