"""`import`: somebody else's file into rows of the program's own sheets, kept beside its files, and taken back by `undo`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from longview.gather import (
    BusyError,
    Import,
    Kept,
    Said,
    SoFar,
    Understood,
    foreseen,
    keep,
    programs_in,
    read_folder,
    remember_mapping,
    resolved,
    so_far,
    understand,
)
from longview.program import Problem, say
from longview.verbs import WrongUseError

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the files that were brought in.

    Attributes:
        program: where they went. understood: what they are.
        kept: what was done; before somebody agrees, and where nobody did, what would be.
        done: whether they stand, now or already.
        after: problems that the program has with the rows, which a person must mend or take the import back.
        mapping_kept: whether `mappings.toml` now holds how a table with problems was read, to be mended there.
    """

    program: Path
    understood: Understood
    kept: Kept | None = None
    done: bool = False
    after: tuple[Problem, ...] = ()
    mapping_kept: bool = False

    @property
    def made(self) -> Import | None:
        """The rows, None where the files could not be read."""
        return self.understood.made


def import_file(
    files: Sequence[Path],
    into: Path | None,
    said: Said,
    *,
    agreed: Callable[[ImportReport], bool],
    ask: Callable[[Understood, Said], Said] | None = None,
    tell: Tell | None = None,
    may_remember: bool = False,
) -> ImportReport:
    """Understand the files, ask whether that is what was meant, and keep them in one step.

    Args:
        into: the program; None: the only one in the current folder.
        agreed: is shown what would be done and says whether to do it; not asked where there are problems, or nothing new.
        ask: is shown what only the person can say, and gives back what was said with her answers; None: nobody is there.
        tell: says that another Longview is waited for.
        may_remember: whether how a table was read may be written down though it has problems, to be mended there.

    Raises:
        WrongUseError: no such file or program, or another Longview is writing to it.
    """
    program = program_meant(into)
    _are_files(files)
    found = so_far(program)
    if found.program is None:
        raise WrongUseError(_no_program(program, found))
    understood = understand(files, said, found.program, program)
    while ask is not None and understood.asks and (now := ask(understood, said)) != said:
        said = now
        understood = understand(files, said, found.program, program)
    report = ImportReport(program, understood)
    made = understood.made
    if understood.problems or made is None:
        if may_remember and understood.mapping is not None:
            remember_mapping(understood, program)
            return replace(report, mapping_kept=True)
        return report
    try:
        report = replace(report, kept=foreseen(program, made, files, own=found.own))
        if report.kept is not None and report.kept.cut:
            return replace(report, kept=None, understood=_cut(understood, files[0], report.kept.cut))
        if report.kept is not None and report.kept.nothing_new:
            return replace(report, done=True)
        if not agreed(report):
            return report
        kept = keep(program, made, files, own=found.own, tell=tell)
    except BusyError as busy:
        raise WrongUseError(str(busy)) from None
    except ValueError as wrong:
        raise WrongUseError(f"The rows can't be written: {wrong}. Nothing was changed.") from None
    remember_mapping(understood, program)
    return replace(report, kept=kept, done=True, after=_trouble(program, kept))


def program_meant(into: Path | None) -> Path:
    """The program that was named, else the only one in the current folder.

    Raises:
        WrongUseError: there is none, or more than one.
    """
    if into is not None:
        place = resolved(into)
        if not place.exists():
            raise WrongUseError(f"{into} is not there. Check the name, or make it:  longview new {into}")
        return place
    here = programs_in(Path())
    if len(here) == 1:
        return here[0]
    if not here:
        raise WrongUseError("Say which program:  --into my-program  (this folder holds none).")
    names = ", ".join(path.name or "." for path in here)
    raise WrongUseError(f"Say which program:  --into {here[0].name or '.'}  (here are {names}).")


def _are_files(files: Sequence[Path]) -> None:
    if not files:
        raise WrongUseError("Name a file:  longview import FILE --into PROGRAM")
    for file in files:
        if not file.exists():
            raise WrongUseError(f"{file} is not there. Check its name and folder.")
        if file.is_dir():
            raise WrongUseError(f"{file} is a folder. Name the file in it.")
        if not file.is_file():  # a pipe or a device would be waited for without end
            raise WrongUseError(f"{file} is no ordinary file. Save it as one, and name that.")
    if len({file.resolve() for file in files}) < len(files):
        raise WrongUseError("The same file is named twice.")


def _no_program(program: Path, found: SoFar) -> str:
    why = found.problems[0] if found.problems else None
    said = f"{program} holds no program" + (f": {why.expected}" if why else "")
    return f"{said}. Make one:  longview new my-program"


def _cut(understood: Understood, file: Path, cut: tuple[str, ...]) -> Understood:
    """The same, with the problem that it is a part of what was told in one sum."""
    wrong = say("ledger-part", file=file.name, cut=", ".join(f"imports/{name}" for name in cut))
    return replace(understood, problems=(*understood.problems, wrong))


def _trouble(program: Path, kept: Kept) -> tuple[Problem, ...]:
    """Problems with the rows just kept, now that the program reads them."""
    _, problems = read_folder(program)
    return tuple(p for p in problems if p.severity == "problem" and p.file in kept.files.values())


__all__ = ["ImportReport", "Said", "import_file", "program_meant"]
