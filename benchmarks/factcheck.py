"""How well `factcheck` judges: published tables with known errors, and errors planted by a generator.

python benchmarks/factcheck.py                 both
python benchmarks/factcheck.py tables [DIR]    published tables with truth.yaml and errors.yaml
python benchmarks/factcheck.py planted [N]     N planted errors (10,000)
python benchmarks/factcheck.py slips [DIR]     errors planted one by one in the published tables
"""

from __future__ import annotations

import sys
from pathlib import Path

from planted import planted
from published import REFERENCE, tables
from slips import slips


def main(arguments: list[str]) -> int:
    what = arguments[0] if arguments else "both"
    if what in {"both", "tables"}:
        folder = Path(arguments[1]) if len(arguments) > 1 and what == "tables" else REFERENCE
        if folder.is_dir():
            tables(folder)
        else:
            print(f"{folder} is not here; name a folder of tables with truth.yaml and errors.yaml")
    if what == "slips":
        slips(Path(arguments[1]) if len(arguments) > 1 else REFERENCE)
    if what in {"both", "planted"}:
        planted(int(arguments[1]) if len(arguments) > 1 and what == "planted" else 10_000)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
