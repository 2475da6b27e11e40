"""Run the checks of files and documents: ``python -m tests.lint``.

They are written like tests and run by pytest, but they read the project's files and run none of
its code, so they belong to ``make lint``.
"""

import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    naming = ("-o", "python_files=check_*.py", "-o", "python_functions=check_*")
    sys.exit(pytest.main(["-q", *naming, str(Path(__file__).parent), *sys.argv[1:]]))
