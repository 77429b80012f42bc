"""Makes `.venv` ready: checks the machine first, installs from the lock, and is quick when there is nothing to do.

Run by the Makefile with whatever Python it finds, so this file must stay readable to old ones: no f-strings, no
annotations, nothing outside the standard library.

    python3 tools/ready.py run                        what `longview` needs
    python3 tools/ready.py dev                        that, and what its tests and checks need
    python3 tools/ready.py run --python python3.13    with that Python (anew, if .venv has another)
"""

from __future__ import print_function

import glob
import hashlib
import os
import shutil
import subprocess
import sys

LEAST = (3, 11)
NEEDED = 2.5e9  # bytes: what an installed environment takes (1.3 GB), and as much again while it unpacks
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
INSIDE = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
NEWER = ["python3.13", "python3.12", "python3.11"]


def stop(sentence):
    """Say what is missing, and nothing else."""
    print("\nNot yet: " + sentence + "\n", file=sys.stderr)
    sys.exit(2)


def version_of(command):
    """(major, minor) of a Python, or None where it does not run."""
    ask = "import sys; print('%d %d' % sys.version_info[:2])"
    try:
        with open(os.devnull, "w") as nowhere:
            said = subprocess.check_output([command, "-c", ask], stderr=nowhere)
        major, minor = said.decode().split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def candidates(name):
    """Where a Python of that name may be: on the PATH, else among pyenv's (whose shims run only the chosen one)."""
    yield name
    digits = os.path.basename(name).replace("python", "")
    home = os.environ.get("PYENV_ROOT", os.path.join(os.path.expanduser("~"), ".pyenv"))
    for found in sorted(glob.glob(os.path.join(home, "versions", digits + "*", "bin", "python")), reverse=True):
        if digits:
            yield found


def chosen_python(name):
    """The Python to build with, checked: the one that was named, else python3 or a newer one beside it."""
    for wanted in [name] if name else ["python3", *NEWER]:
        for command in candidates(wanted):
            version = version_of(command)
            if version is not None and version >= LEAST:
                return command, version
    for other in NEWER if name else []:
        if any((version_of(command) or (0, 0)) >= LEAST for command in candidates(other)):
            stop(
                "%s is missing or older than Python 3.11. You have a newer one: type PYTHON=%s instead." % (name, other)
            )
    stop(
        "Longview needs Python 3.11, 3.12 or 3.13, and none was found. On Debian or Ubuntu: sudo apt install "
        "python3 python3-venv. On a Mac or Windows: python.org/downloads. Then type the same again."
    )


def check_venv_module(command):
    """Debian splits venv off; without it the error comes late and is long."""
    if subprocess.call([command, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL) != 0:
        stop(
            "this Python cannot make virtual environments. On Debian or Ubuntu: sudo apt install python3-venv. "
            "Then type the same again."
        )


def check_disk():
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED:
        stop(
            "the disk has %.1f GB free, and Longview's parts need 2.5 GB to unpack. Make room and type the same again."
            % (free / 1e9)
        )


def fingerprint(kind, version):
    """Of everything that the installed environment depends on (its place too: scripts inside hold it)."""
    digest = hashlib.sha256(("%s %s" % (ROOT, version)).encode("utf-8"))
    for name in (LOCKS[kind], "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stamp(kind):
    return os.path.join(VENV, ".longview-" + kind)


def is_ready(kind, version):
    """Whether this kind, or the larger one that holds it, is installed as the lock says."""
    for larger in [kind, "dev"] if kind == "run" else ["dev"]:
        if os.path.exists(stamp(larger)):
            with open(stamp(larger)) as file:
                if file.read() == fingerprint(larger, version):
                    return True
    return False


def pip(*arguments):
    """Install; where it fails, pip's own last words and one sentence."""
    command = [INSIDE, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    done = subprocess.run(command + list(arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        print("\n".join(done.stdout.decode("utf-8", "replace").splitlines()[-8:]), file=sys.stderr)
        stop(
            "installing stopped (pip's last words are above). It needs the internet the first time; type the same "
            "again once that is mended, and it goes on from what is there."
        )


def install(kind, version):
    print("Installing what Longview needs into .venv (once; a minute or two) ...", flush=True)
    for old in ("run", "dev"):
        if os.path.exists(stamp(old)):
            os.remove(stamp(old))
    pip("--require-hashes", "--only-binary", ":all:", "-r", LOCKS[kind])
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    with open(stamp(kind), "w") as file:
        file.write(fingerprint(kind, version))


def main(arguments):
    if sys.version_info < (3, 6):
        stop("Longview needs Python 3.11 or newer, and the one found here is much older (python.org/downloads).")
    kind = arguments[0]
    wanted = arguments[arguments.index("--python") + 1] if "--python" in arguments else None
    there = version_of(INSIDE)
    if there is not None and there >= LEAST and wanted is None and is_ready(kind, there):
        return
    if there is None or there < LEAST or wanted is not None:
        command, version = chosen_python(wanted)
        if there != version:
            check_venv_module(command)
            check_disk()
            print("Making .venv with Python %d.%d ..." % version, flush=True)
            subprocess.check_call([command, "-m", "venv", "--clear", VENV])
            there = version
        elif is_ready(kind, there):
            return
    install(kind, there)


if __name__ == "__main__":
    main(sys.argv[1:])
