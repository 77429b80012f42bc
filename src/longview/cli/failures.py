"""The one place where what went wrong becomes a sentence and an exit code. No traceback ever reaches a reader.

Exit codes: 0 well, 1 problems found, 2 wrong use, 3 nothing keeps all the rules, 130 stopped.
"""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from longview.cli.exits import INFEASIBLE, PROBLEMS, STOPPED, WELL, WRONG_USE


def main() -> None:
    """Run the command that was typed, and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever goes wrong has been said on standard error."""
    _prepare_streams()
    if not sys.warnoptions and not _debugging():
        warnings.simplefilter("ignore")  # they speak to whoever writes Longview; its tests turn them into errors
    try:
        from longview.cli.app import app

        code = app(args=list(arguments), prog_name="longview", standalone_mode=False)
        sys.stdout.flush()
        if code == STOPPED:  # Typer has caught the interrupt itself
            return _told(KeyboardInterrupt())
        return code if isinstance(code, int) else WELL
    except (KeyboardInterrupt, Exception) as error:
        return _told(error)


def _told(error: BaseException) -> int:
    """Say what went wrong, and return the exit code that goes with it."""
    import typer

    from longview.verbs import InfeasibleError, NotReadyError, WrongUseError

    if _debugging() and not isinstance(error, BrokenPipeError | typer.Exit):
        traceback.print_exception(error)
    match error:
        case KeyboardInterrupt() | typer.Abort():
            return _say("Stopped. Your files are as they were, and what was already saved stays.", STOPPED)
        case typer.Exit():
            return error.exit_code
        case BrokenPipeError():
            # Whoever was reading has gone (`longview evidence | head`): not an error, and nobody to tell it to.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return WELL
        case NotReadyError():
            from longview.gather import check_text

            return _say(check_text(error.report), PROBLEMS)
        case WrongUseError():
            return _say(str(error), WRONG_USE)
        case InfeasibleError():
            return _say(str(error), INFEASIBLE)
        case typer.TyperException():
            return _say(_usage(error), WRONG_USE)
        case MemoryError():
            return _say("This computer's memory is full. Close other programs, or ask for fewer --futures.", PROBLEMS)
        case OSError() if error.filename is not None:
            return _say(_file_trouble(error), WRONG_USE)
        case _:
            return _say(_unexpected(error), PROBLEMS)


def _say(sentence: str, code: int) -> int:
    from longview.cli.terminal import printable

    print(printable(sentence), file=sys.stderr)
    return code


def _usage(error: Exception) -> str:
    """What was typed wrong, and where to read how it goes."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "longview"
    said = getattr(error, "format_message", error.__str__)().strip()
    return f"{said}\nHow it goes:  {command} --help"


def _file_trouble(error: OSError) -> str:
    """A file that cannot be read or written, in words."""
    why = {
        PermissionError: "this computer does not let us open it. Check who may read and write it",
        FileNotFoundError: "it is not there",
        IsADirectoryError: "it is a folder, and a file was expected",
        NotADirectoryError: "a file stands where a folder was expected",
        FileExistsError: "something of that name is already there",
    }.get(type(error), (error.strerror or "it cannot be used").lower())
    return f"{error.filename}: {why}."


def _unexpected(error: BaseException) -> str:
    """A fault of ours: say so, and where its trace was kept."""
    said = "Longview itself went wrong here. Your files are as they were."
    try:
        log = _log_folder() / f"longview-{datetime.now():%Y-%m-%d-%H%M%S}-{os.getpid()}.txt"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return f"{said}\nTo see what happened, run it again with LONGVIEW_DEBUG=1 set."
    return f"{said}\nWhat happened is written in {log}\nPlease send us that file (read it first: it may quote a cell)."


def _log_folder() -> Path:
    """Beside the caches: in `LONGVIEW_CACHE` where that is set, else where this system keeps logs."""
    if cache := os.environ.get("LONGVIEW_CACHE"):
        return Path(cache) / "logs"
    import platformdirs

    return Path(platformdirs.user_log_dir("longview", appauthor=False))


def _debugging() -> bool:
    return os.environ.get("LONGVIEW_DEBUG", "") not in ("", "0")


def _prepare_streams() -> None:
    """Never fail on a letter that the terminal lacks; write UTF-8 where Windows pipes would not."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if sys.platform == "win32" and not stream.isatty():
            reconfigure(encoding="utf-8", errors="replace")
        else:
            reconfigure(errors="replace")
