"""The image of Python for the site: what is ours in it."""

import shutil
import tempfile
from pathlib import Path
from typing import Final

from checklist.python_image import Application, make_image
from checklist.site.node import find_node

# Compressed by the build, as not every host compresses. The name does not end in ".gz", for which
# some hosts would send a Content-Encoding.
IMAGE: Final = "python.packed"

SWITCH: Final = "PYTHON_IMAGE=no"
"""The environment variable, read in ``mkdocs.yml``, for a site without an image."""

SAMPLES: Final = "site/requests/*.py"


def image_of(pyodide: Path, package: Path, app: Path) -> bytes:
    """Return the image; ``app`` contains the package as it is shipped, ``package`` is its source.

    Raises ``ImageError``.
    """
    with tempfile.TemporaryDirectory() as samples:
        for path in package.glob(SAMPLES):
            copy = Path(samples) / path.relative_to(package.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        application = Application(
            folder=app,
            entry_point="checklist.browser:handle",
            samples=Path(samples),
            requests="checklist.site.requests.sample_requests:sample_requests",
        )
        return make_image(pyodide, application, find_node())
