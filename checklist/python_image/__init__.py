"""Make an image of Python: a started interpreter with a package imported, in one wasm file.

README.md explains it to people who have never seen a wasm file.
"""

from .builder import Application, make_image
from .errors import ImageError
from .findings import files_of

__all__ = ["Application", "ImageError", "files_of", "make_image"]
