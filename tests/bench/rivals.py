"""Rivals: pages that score the same answers with the same rules, built in the usual ways.

Each starts the same version of Pyodide as our site, as npm ships it.
"""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Final

from checklist.site.assets.runtime import shipped_files
from tests.support.site_build import PROJECT

MODULES: Final = PROJECT / "node_modules"
PYODIDE: Final = (
    *("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm"),
    *("python_stdlib.zip", "pyodide-lock.json"),
)
ARCHIVE: Final = "checklist.zip"
ANSWERS: Final = {"knows_goal": "no", "trusts_opinion": "no"}
REQUEST: Final = json.dumps({"lang": "en", "answers": ANSWERS})

PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="icon" href="data:,">
{head}</head>
<body><h1>{title}</h1><p id="checklist-result" data-engine="none"></p>{body}</body></html>
"""

STOCK_WORKER: Final = f"""import {{ loadPyodide }} from "../stock/pyodide.mjs";
const indexURL = new URL("../stock/", import.meta.url).href;
const python = await loadPyodide({{ indexURL }});
const archive = await (await fetch(new URL("{ARCHIVE}", indexURL))).arrayBuffer();
python.unpackArchive(archive, "zip");
const {{ handle }} = python.pyimport("checklist.browser");
self.postMessage(handle({json.dumps(REQUEST)}));
"""
STOCK_SCRIPT: Final = """<script type="module">
const worker = new Worker("worker.mjs", { type: "module" });
worker.addEventListener("message", ({ data }) => {
  const result = document.querySelector("#checklist-result");
  result.dataset.verdict = JSON.parse(data).result.verdict;
  result.dataset.engine = "python";
  result.textContent = JSON.parse(data).explanation.title;
});
</script>"""

PYSCRIPT_HEAD: Final = """<link rel="stylesheet" href="../pyscript/core.css">
<script type="module" src="../pyscript/core.js"></script>"""
PYSCRIPT_BODY: Final = f"""<script type="py" config='{{
  "interpreter": "../stock/pyodide.mjs", "files": {{ "../stock/{ARCHIVE}": "./*" }} }}'>
import json
from checklist.browser import handle
from pyscript import document
response = json.loads(handle({REQUEST!r}))
result = document.querySelector("#checklist-result")
result.setAttribute("data-verdict", response["result"]["verdict"])
result.setAttribute("data-engine", "python")
result.textContent = response["explanation"]["title"]
</script>"""


def add_rivals(site: Path) -> None:
    """Put the rivals beside a built site, as ``stock-page/`` and ``pyscript-page/``."""
    stock = site / "stock"
    stock.mkdir()
    for name in PYODIDE:
        shutil.copy(MODULES / "pyodide" / name, stock)
    package = PROJECT / "checklist"
    with zipfile.ZipFile(stock / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in shipped_files(package):
            archive.write(path, path.relative_to(package.parent))
    pyscript = shutil.copytree(MODULES / "@pyscript" / "core" / "dist", site / "pyscript")
    for path in pyscript.glob("*.map"):
        path.unlink()
    _write(site / "stock-page", PAGE.format(title="Pyodide", head="", body=STOCK_SCRIPT))
    (site / "stock-page" / "worker.mjs").write_text(STOCK_WORKER, encoding="utf-8")
    page = PAGE.format(title="PyScript", head=PYSCRIPT_HEAD, body=PYSCRIPT_BODY)
    _write(site / "pyscript-page", page)


def _write(folder: Path, page: str) -> None:
    folder.mkdir()
    (folder / "index.html").write_text(page, encoding="utf-8")
