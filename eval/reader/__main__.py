"""The steps of fitting the reader; see the package."""

from __future__ import annotations

import sys
from pathlib import Path


def main(step: str, where: str = "", given: str | None = None) -> None:
    """Run one step over what the steps before it left in the folder."""
    folder = Path(where)
    if step == "examples":
        from eval.reader.examples import collect

        print(len(collect(folder)))
    elif step == "prepare" and given is not None:
        from eval.reader.examples import collected
        from eval.reader.prepare import prepare

        prepared = prepare(collected(folder), folder, Path(given))
        print(len(prepared.look_ups), len(prepared.asked), len(prepared.figures))
    elif step in ("figures", "sentences"):
        from eval.reader.training import Recipe, train

        train(step, folder, Recipe(seconds=float(given)) if given else None)
    elif step == "average" and given is not None:
        from eval.reader.average import average

        average(folder / "figures.npz", Path(given))
    elif step == "export":
        from eval.reader.export import export

        export(folder)
    elif step == "talk":
        from eval.reader.talk import talk

        talk()
    elif step == "weigh":
        from eval.reader.examples import collected
        from eval.reader.weigh import weigh

        weigh(collected(folder))
    else:
        raise SystemExit(
            "one of: examples, prepare, figures, sentences, average, export, weigh, talk"
        )


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3, 4):
        raise SystemExit("python -m eval.reader STEP FOLDER [TEACHER, SECONDS or OTHER]")
    main(*sys.argv[1:])
