"""The project's own files keep their promises: pinned, hashed, and free of any one machine."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from scripts.lock import GROUPS
from scripts.progress import ROOT
from scripts.setup import INSTALLER_LOCK

HOSTS = re.compile(
    r"\b(registry|repo|files|test)\.(npmjs|yarnpkg|pythonhosted|pypi)\.\w+|\bpypi\.(org|python)",
    re.IGNORECASE,
)

NODE_LOCKS = [
    folder / "package-lock.json" for folder in (ROOT, ROOT / "scripts" / "measure" / "lighthouse")
]
"""What building and testing need, and what only the benchmark asks for."""


def committed_texts() -> dict[str, str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    texts = {}
    for name in filter(None, listed.decode().split("\0")):
        try:
            texts[name] = (ROOT / name).read_text(encoding="utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            continue  # deleted just now, or a picture or a font
    return texts


def test_no_file_names_the_host_of_a_package_registry() -> None:
    """Everyone installs from where they are used to."""
    found = {
        name: match[0] for name, text in committed_texts().items() if (match := HOSTS.search(text))
    }
    assert found == {}


def test_no_lock_holds_an_address() -> None:
    """Hashes tell what is right, wherever it comes from."""
    for lock in GROUPS:
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert "--find-links" not in text
    for node_lock in NODE_LOCKS:
        packages = json.loads(node_lock.read_text(encoding="utf-8"))["packages"]
        assert not any("resolved" in package for package in packages.values())


@pytest.mark.parametrize("lock", [*GROUPS, INSTALLER_LOCK])
def test_every_locked_python_package_has_its_hashes(lock: str) -> None:
    """pip refuses the whole lock otherwise."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.findall(
        r"^\S+==\S+[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}[ \\]*\n)+)", text, re.M
    )
    assert len(entries) == len(re.findall(r"^\S+==", text, re.M)) > 0


@pytest.mark.parametrize("lock", NODE_LOCKS, ids=lambda lock: lock.parent.name)
def test_every_locked_node_package_has_its_hash(lock: Path) -> None:
    """The first entry is the project itself."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    assert all(
        package["integrity"].startswith("sha512-") for name, package in packages.items() if name
    )


def test_the_smaller_lock_is_part_of_the_larger_one() -> None:
    """So whoever has set up testing can serve without installing anything."""
    small, large = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.M))
        for lock in GROUPS
    )
    assert small < large


def test_everything_that_pyproject_names_is_locked() -> None:
    """Run scripts/lock.py after a change there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for lock, groups in GROUPS.items():
        wanted = list(project["project"]["dependencies"])
        for group in groups:
            wanted += project["dependency-groups"][group]
        locked = re.findall(
            r"^([\w.-]+)(?:\[\w+\])?==", (ROOT / lock).read_text(encoding="utf-8"), re.M
        )
        names = {re.split(r"[<>=!~;\[ ]", line)[0].lower().replace("_", "-") for line in wanted}
        assert names <= {name.lower() for name in locked}


def test_every_dependency_says_in_one_line_why_it_is_there() -> None:
    """A comment behind each."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r'^  "[a-zA-Z][\w.\[\]-]*(?:[<>=]=)[^"]*",.*$', text, re.M)
    assert lines
    assert [line for line in lines if "  #" not in line] == []


def test_pyodide_is_exactly_the_version_that_the_project_was_measured_with() -> None:
    """Its Python is 3.13, as .python-version asks for."""
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert package["dependencies"]["pyodide"] == "0.29.5"
    assert (ROOT / ".python-version").read_text(encoding="ascii").strip() == "3.13"
