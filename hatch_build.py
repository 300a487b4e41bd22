"""Builds and checks the curated store in the package: for a wheel, and in place for an editable install.

A wheel has the families and techniques packed: as a thousand files they would be a sixth of it.
"""

from __future__ import annotations

import compileall
import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CuratedStoreHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            importlib.import_module("llmnotes.store.build").build()
            importlib.import_module("llmnotes.knowledge.check").check_curated()
            whole_base = importlib.import_module("llmnotes.views.whole_base")
            whole_base.keep_curated(small=version != "editable")
            if version == "editable":
                # pip compiles what it copies, not what it links to; commands start a third sooner so.
                compileall.compile_dir(root / "llmnotes", quiet=2)
            else:
                self._pack(root / "llmnotes" / "data", build_data["force_include"])
        finally:
            sys.path.remove(str(root))

    def _pack(self, data: Path, included: dict[str, str]) -> None:
        data_files = importlib.import_module("llmnotes.data_files")
        self._packed = tempfile.TemporaryDirectory()
        for name in data_files.PACKED:
            archive = data_files.pack(data / name, Path(self._packed.name))
            included[str(archive)] = f"llmnotes/data/{archive.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_packed"):
            self._packed.cleanup()
