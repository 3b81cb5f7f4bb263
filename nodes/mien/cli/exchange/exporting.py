"""`mien export`: a bag, video or folder in the formats of other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.errors import SOME_FAILED, make_folder, require
from mien.core.errors import MienError, UsageError
from mien.progress import bar, plain

_EXIT_CODES = """exit codes:
  0  done
  1  nothing was exported; standard error says why
  2  misuse; standard error says what is wrong
  3  some recordings of a folder were exported, and standard error names the others"""


def add(parser: argparse.ArgumentParser) -> None:
    from mien.exports.formats import FORMATS

    width = max(len(f.name) for f in FORMATS)
    rows = [f"  {f.name:{width}}  {f.doc}" + (f" (mien[{f.extra}])" if f.extra else "") for f in FORMATS]
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "formats:\n" + "\n".join(rows) + f"\n\n{_EXIT_CODES}"
    parser.add_argument("recording", type=Path, metavar="BAG|VIDEO|FOLDER", help="what to export")
    parser.add_argument("--to", required=True, metavar="FORMAT,…", help="see below")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    parser.add_argument("--overwrite", action="store_true", help="replace files of an earlier export")
    parser.add_argument("--namespace", help="whose topics, where a bag holds several graphs")
    parser.add_argument("--max-faces", type=int, default=4, help="of a video or picture: faces per image (default 4)")


def run(args: argparse.Namespace) -> int:
    from mien.exports.export import Exported, export
    from mien.exports.formats import chosen
    from mien.exports.recording import find, is_bag

    if is_bag(args.recording):
        require("rosbags")
    formats = chosen(args.to)
    console = plain()
    recordings, left_out = find(args.recording, args.namespace, args.max_faces)
    make_folder(args.out)
    several = len(recordings) > 1
    folders = [args.out / r.about.name if several else args.out for r in recordings]
    taken = [path for folder in folders for form in formats for path in form.existing(folder)]
    if taken and not args.overwrite:
        raise UsageError(f"{taken[0]} exists; --overwrite replaces it, or choose another --out")
    for sentence in left_out:
        console.print(f"left out: {sentence}", soft_wrap=True)
    done: list[Exported] = []
    failed = False
    with bar(console) as progress:
        for recording, folder in zip(recordings, folders, strict=True):
            task = progress.add_task(Path(recording.about.source).name, total=recording.length or None)
            try:
                exported = export(recording, formats, folder, advance=lambda t=task: progress.advance(t))  # type: ignore[misc]
            except MienError as error:
                if not several:
                    raise
                failed = True
                console.print(f"skipped {error}", soft_wrap=True)
                continue
            progress.update(task, total=progress.tasks[task].completed)
            done.append(exported)
            for note in exported.notes:
                console.print(f"{recording.about.name}: {note}", soft_wrap=True)
    for exported in done:
        t = exported.tally
        faces = len(t.track_ids)
        print(
            f"{t.frames} frames in {t.duration_s:.2f} s, {t.without_face} without a face, "
            f"{faces} {'id' if faces == 1 else 'ids'}: {', '.join(map(str, exported.files))}"
        )
    if failed:
        return SOME_FAILED if done else 1
    return 0
