"""All files that the build makes for the browser: fonts, bundle and Python runtime."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklist.rules import RULES_VERSION
from checklist.site.assets.bundle import Bundle, BundleError, Sources, bundle
from checklist.site.assets.explanations import make_explanations
from checklist.site.assets.fonts import FontsError, make_fonts
from checklist.site.assets.runtime import Runtime, RuntimePackError, pack

_FONT_PACKAGE: Final = Path("@fontsource", "literata")


class AssetsError(RuntimeError):
    """An asset cannot be made; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class SiteAssets:
    """The assets of one build.

    ``fonts`` are files by the names they are published under, ``explanations`` those of
    ``make_explanations`` by their languages.
    """

    fonts: Mapping[str, Path]
    bundle: Bundle
    runtime: Runtime
    explanations: Mapping[str, Path]

    def path_of_explanations(self, lang: str) -> str:
        """Return the path under which the file of a language is published."""
        return f"{self.bundle.path}/{self.explanations[lang].name}"


def make_assets(package: Path, cache: Path, *, worker_policy: str, with_image: bool) -> SiteAssets:
    """Return the assets, made anew only where their sources have changed.

    ``package`` is the folder ``checklist`` in the project's folder, ``cache`` a folder of the
    build's own, ``worker_policy`` the policies that hosts send with the workers, ``with_image``
    whether browsers start Python from an image. Raises ``AssetsError``.
    """
    node_modules = package.parent / "node_modules"
    try:
        fonts = make_fonts(node_modules / _FONT_PACKAGE, cache / "fonts")
        loader = package / "python_image" / "loader.js"
        sources = Sources(package / "page", loader, fonts, node_modules)
        made = bundle(sources, cache / "app", rules=RULES_VERSION, policy=worker_policy)
        pyodide = node_modules / "pyodide"
        with ThreadPoolExecutor() as pool:  # the runtime mostly waits for Node
            packed = pool.submit(pack, pyodide, package, cache / "runtime", with_image=with_image)
            explanations = make_explanations(package, cache / "explanations")
            runtime = packed.result()
    except (FontsError, BundleError, RuntimePackError) as error:
        raise AssetsError(str(error)) from error
    return SiteAssets(fonts, made, runtime, explanations)
