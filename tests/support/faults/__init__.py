"""The faults of the checklist as a table: how each is caused, what the page says, how it ends.

Each row is caused on a page whose visitor has answered before. Another answer is given during the
fault. Then it ends, by itself or after one press on the retry button, and no answer is lost. What
the server, the network or the worker does leaves no trace in the browser, so one visitor can meet
several such faults, each on the page where the one before has ended (``SEQUENCES``). A fault that
changes the browser itself has a visitor of its own (``ALONE``).
"""

from typing import Final

from tests.support.faults.fault import Sequence
from tests.support.faults.files import (
    of_the_copies,
    of_the_image,
    of_the_modules,
    of_the_parts,
    of_the_worker_script,
)
from tests.support.faults.network import of_the_network
from tests.support.faults.storage import of_the_storage
from tests.support.faults.tabs import of_the_language, of_time_and_place
from tests.support.faults.worker import of_the_worker_at_start, of_the_worker_at_work

SEQUENCES: Final = (
    Sequence("image", tuple(of_the_image()), "browser"),
    Sequence("parts", tuple(of_the_parts()), "browser"),
    Sequence("worker script", tuple(of_the_worker_script())),
    Sequence("modules", tuple(of_the_modules())),
    Sequence("copies", tuple(of_the_copies()), "browser"),
    Sequence("network", tuple(of_the_network()), "browser"),
    Sequence("worker at its start", tuple(of_the_worker_at_start()), "browser"),
    Sequence("worker at work", tuple(of_the_worker_at_work()), "browser"),
)
ALONE: Final = (
    *(Sequence(one.name, (one,)) for one in (*of_the_storage(), *of_time_and_place())),
    *(Sequence(one.name, (one,), "browser") for one in of_the_language()),
)
