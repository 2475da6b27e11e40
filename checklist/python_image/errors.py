"""The errors of this package."""


class ImageError(RuntimeError):
    """No image can be made; the message says why."""


class WasmError(ImageError):
    """A WebAssembly file has not the expected form; the message says where."""


class UnexpectedPyodideError(ImageError):
    """Pyodide is not as expected; the message has a line for each expectation that failed."""
