"""The image of Python for the site: what is ours in it."""

import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

import zstandard

from checklist.python_image import Application, files_of, make_image
from checklist.site.files import content_name, put_in_place
from checklist.site.node import find_node

# Compressed by the build with Zstandard, as not every host compresses. The name does not end in
# ".zst", for which some hosts would send a Content-Encoding.
IMAGE: Final = "python.packed"
_COMPRESSION: Final = zstandard.ZstdCompressionParameters.from_level(
    22,
    window_log=23,  # 8 MiB, larger than the image: what is alike is found wherever it lies
)

SWITCH: Final = "PYTHON_IMAGE=no"
"""The environment variable, read in ``mkdocs.yml``, for a site without an image."""

_SAMPLES: Final = "site/requests/*.py"
IMAGE_SOURCES: Final = (
    *("python_image/**/*.py", "python_image/**/*.*js"),
    *("site/assets/image.py", _SAMPLES),
)
"""What an image depends on beside Pyodide and the package in it."""

_NEXT_SECTION: Final = re.compile(r"^(?=\[)", re.MULTILINE)
_SECTION_NAME: Final = re.compile(r"\[+(\w+)")


def image_of(pyodide: Path, package: Path, app: Path, cache: Path) -> bytes:
    """Return the compressed image, made anew only if what is in it has changed.

    ``app`` contains the package as it is shipped, ``package`` is its source. Raises ``ImageError``.
    """
    with tempfile.TemporaryDirectory(dir=cache) as name:
        folder = Path(name)
        shutil.copytree(app, folder / "app")
        _leave_out_texts_of_pages(folder / "app")
        for path in package.glob(_SAMPLES):
            copy = folder / "samples" / path.relative_to(package.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        image = cache / f"image-{_key(pyodide, package, folder)}"
        if image.exists():
            return image.read_bytes()
        application = Application(
            folder=folder / "app",
            entry_point="checklist.browser:handle",
            samples=folder / "samples",
            requests="checklist.site.requests.sample_requests:sample_requests",
        )
        made = folder / "image"
        compressor = zstandard.ZstdCompressor(compression_params=_COMPRESSION)
        made.write_bytes(compressor.compress(make_image(pyodide, application, find_node())))
        put_in_place(made, image)
        return image.read_bytes()


def _key(pyodide: Path, package: Path, folder: Path) -> str:
    """Return a digest of all that an image depends on."""
    contents = sorted(path for path in (folder / "app").rglob("*") if path.is_file())
    names = (str(path.relative_to(folder)) for path in contents)
    sources = (path for pattern in IMAGE_SOURCES for path in sorted(package.glob(pattern)))
    return content_name([*contents, *sources, *files_of(pyodide)], *names)


def _leave_out_texts_of_pages(app: Path) -> None:
    """Delete the sections of texts that no shipped module names: only pages use them.

    If a request uses one all the same, no image is made where a sample request does so; otherwise
    the browser starts Python in the ordinary way, which has all texts.
    """
    code = "".join(path.read_text(encoding="utf-8") for path in app.rglob("*.py"))
    for path in app.rglob("texts/*.toml"):
        sections = _NEXT_SECTION.split(path.read_text(encoding="utf-8"))
        kept = [section for section in sections if _is_named(section, code)]
        path.write_text("".join(kept), encoding="utf-8")


def _is_named(section: str, code: str) -> bool:
    name = _SECTION_NAME.match(section)
    return name is None or re.search(rf"[\"']{name[1]}\b", code) is not None
