"""Mutation testing of the deciding modules, on demand: breaks the code on purpose, runs the tests.

Usage: python3 scripts/mutate.py [MODULE ...]      (default: table tree guide)

Works on a copy in build/mutation with the two smallest schools and fewer made-up examples, so that
a run ends within the hour on two cores. Prints how many mutants were killed and shows each survivor;
what we read in them stands in handbook/mutation.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import ROOT, say, stopping_kindly, working
from scripts.setup import enter_environment, ready_to_test

FOLDER = ROOT / "build" / "mutation"
MODULES = ("table", "tree", "guide")
KEPT_SCHOOLS = {"cals.yaml", "wijhe.yaml"}
TESTS = [
    f"tests/decision_tree/test_{name}.py"
    for name in ("table", "tree", "guide", "outcome", "checks")
]


def main() -> None:
    """Copy, mutate, run, tell."""
    with stopping_kindly():
        enter_environment()
        ready_to_test(browser=False)
        modules = tuple(sys.argv[1:]) or MODULES
        with working("Copying the engine and its tests"):
            copy(modules)
        with working("Breaking the code and running the tests, mutant by mutant"):
            command = [sys.executable, "-m", "mutmut", "run"]
            # mutmut ends with an error code when mutants survive; that is what is told below.
            subprocess.run(command, cwd=FOLDER, stdout=subprocess.DEVNULL, check=False)
        tell()


def copy(modules: tuple[str, ...]) -> None:
    """A small copy of the project, with mutmut's settings."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    ignore = shutil.ignore_patterns("__pycache__", "test_practice*", "cases")
    shutil.copytree(ROOT / "decision_tree", FOLDER / "decision_tree", ignore=ignore)
    shutil.copytree(
        ROOT / "tests" / "decision_tree", FOLDER / "tests" / "decision_tree", ignore=ignore
    )
    for school in (FOLDER / "decision_tree" / "protocols").glob("*.yaml"):
        if school.name not in KEPT_SCHOOLS:
            school.unlink()
    conftest = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    fewer = conftest.replace("deadline=None,", "deadline=None, max_examples=40, derandomize=True,")
    (FOLDER / "tests" / "conftest.py").write_text(fewer, encoding="utf-8")
    mutate = [f"decision_tree/{module}.py" for module in modules]
    (FOLDER / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\n"
        'pythonpath = ["."]\naddopts = ["--import-mode=importlib"]\n\n'
        "[tool.mutmut]\n"
        'source_paths = ["decision_tree"]\nalso_copy = ["decision_tree", "tests"]\n'
        f"only_mutate = {mutate}\n"
        f"pytest_add_cli_args_test_selection = {TESTS}\n",
        encoding="utf-8",
    )


def tell() -> None:
    """The share that was killed, and the difference that each survivor makes."""
    listed = _mutmut("results", "--all", "true")
    found = re.findall(r"(\S+): (killed|survived|timeout|suspicious|no tests)", listed)
    dead = sum(state in {"killed", "timeout"} for _, state in found)
    for name, state in found:
        if state not in {"killed", "timeout"}:
            changed = [x for x in _mutmut("show", name).splitlines() if re.match(r"[-+] ", x)]
            say("\n".join([f"\n{name}: {state}", *changed]))
    say(f"\n{dead} of {len(found)} mutants killed ({dead / max(len(found), 1):.1%})")


def _mutmut(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *words],
        cwd=FOLDER,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


if __name__ == "__main__":
    main()
