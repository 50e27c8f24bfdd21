"""The steps of fitting the reader; see the package."""

from __future__ import annotations

import sys
from pathlib import Path

from eval.reader.examples import collect, collected


def main(step: str, folder: Path, teacher: Path | None = None) -> None:
    """Run one step over what the steps before it left in the folder."""
    if step == "examples":
        print(len(collect(folder)))
    elif step == "train" and teacher is not None:
        from eval.reader.training import train

        train(collected(folder), folder, teacher)
    elif step == "export":
        from eval.reader.export import export

        export(folder)
    elif step == "weigh":
        from eval.reader.weigh import weigh

        weigh(collected(folder))
    else:
        raise SystemExit("one of: examples, train (with the teacher's file), export, weigh")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        raise SystemExit("python -m eval.reader STEP FOLDER [TEACHER]")
    main(sys.argv[1], *map(Path, sys.argv[2:]))
