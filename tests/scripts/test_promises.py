"""What README.md and the other documents for people promise is there: commands, paths, links, versions."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from scripts.progress import ROOT
from scripts.setup import DEV_LOCK, INSTALLER_LOCK

MADE = {"site/", "build/"}
"""Folders that commands make."""

LARGEST_PICTURE = 150_000


def documents() -> list[Path]:
    """Every Markdown file for people that is or will be committed; prose of the site is tested as pages."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    files = [ROOT / name for name in listed.split("\0") if name]
    return [f for f in files if f.is_file() and not f.name.endswith((".nl.md", ".en.md"))]


DOCUMENTS = documents()
NAMES = [file.relative_to(ROOT).as_posix() for file in DOCUMENTS]


def links(text: str) -> Iterator[str]:
    """Targets of links and pictures, in Markdown and in HTML."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`\n]+`", "", text)
    yield from re.findall(r"\]\(([^)\s]+)\)", text)
    yield from re.findall(r"\b(?:src|href)=\"([^\"]+)\"", text)


def code(text: str) -> Iterator[str]:
    """What stands as code: lines of blocks, and words between backticks."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield from block.splitlines()
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)


@pytest.mark.parametrize("file", DOCUMENTS, ids=NAMES)
def test_every_link_in_a_document_leads_somewhere(file: Path) -> None:
    """To a file or folder of the project; addresses elsewhere are only looked at."""
    for target in links(file.read_text(encoding="utf-8")):
        address = urlsplit(target)
        if address.scheme:
            assert address.scheme in {"https", "mailto"}, target
        elif address.path:
            assert (file.parent / unquote(address.path)).exists(), target


@pytest.mark.parametrize("file", DOCUMENTS, ids=NAMES)
def test_every_path_that_a_document_names_is_there(file: Path) -> None:
    """As far as it begins with a folder of ours and holds no stand-in in capitals."""
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    for words in code(file.read_text(encoding="utf-8")):
        for word in re.findall(r"[\w./@-]+/[\w./@-]*", words):
            path = word.rstrip(".")
            top = path.split("/")[0]
            stands_in = re.search(r"\b[A-Z]{3,}\b", path.replace("README", ""))
            if top not in folders or top in {"site", "build", ".venv"} or stands_in:
                continue
            assert (ROOT / path).exists(), f"{file.name}: {path}"


@pytest.mark.parametrize("file", DOCUMENTS, ids=NAMES)
def test_every_command_that_a_document_gives_can_be_run(file: Path) -> None:
    """The script or module exists, and knows the options that are named."""
    for line in code(file.read_text(encoding="utf-8")):
        found = re.search(r"\bpython3? (-m )?([\w./]+)([^#>|`]*)", line)
        if not found:
            continue
        module, name, rest = found.groups()
        options = re.findall(r"(?<!\S)--[\w-]+", rest)
        if module and name in {"http.server", "pytest"}:
            continue
        if module:
            path = ROOT / name.replace(".", "/")
            exists = path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()
            assert exists, line
            assert line.lstrip("$ ").startswith(".venv/bin/python -m"), f"{line}: in which Python?"
            continue
        assert (ROOT / name).is_file(), line
        source = (ROOT / name).read_text(encoding="utf-8")
        for option in options:
            assert option in source, f"{line}: {name} knows no {option}"


@pytest.mark.parametrize("command", ["check", "ask", "schools"])
def test_the_engine_knows_the_commands_that_the_readme_shows(command: str) -> None:
    """As they are typed."""
    done = subprocess.run(
        [sys.executable, "-m", "decision_tree", command, "--help"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_ci_services_run_the_readmes_own_test_command() -> None:
    """So what is green there is green at home."""
    ours = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 scripts/test.py" in ours
    commands = [step.get("run", "") for step in steps_of_the_workflow()]
    assert ".ci/run" in commands
    assert "python3 scripts/build.py" in commands


def test_what_the_workflow_uses_of_others_is_pinned_by_commit() -> None:
    """A tag can be moved to other code, and one of these may publish."""
    used = [step["uses"] for step in steps_of_the_workflow() if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)] == []


def steps_of_the_workflow() -> list[dict[str, str]]:
    """Of all its jobs."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "site.yml").read_text("utf-8"))
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_the_readme_shows_the_product_first() -> None:
    """What it is, a picture and the two commands on the first screen."""
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:35]
    text = "\n".join(first)
    assert "docs/images/" in text
    assert "python3 scripts/serve.py" in text
    assert "python3 scripts/test.py" in text


def test_pictures_are_small_and_say_what_they_show() -> None:
    """For those who cannot see them, and those who pay by the megabyte."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"<img [^>]*>", text)
    assert pictures
    for picture in pictures:
        assert re.search(r'alt="[^"]{20,}"', picture)
    for file in (ROOT / "docs" / "images").iterdir():
        assert file.stat().st_size < LARGEST_PICTURE, file.name
        assert f"docs/images/{file.name}" in text


def test_the_prerequisites_are_those_that_setting_up_asks_for() -> None:
    """Python, Node: one number each, in three places."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    python = (ROOT / ".python-version").read_text(encoding="ascii").strip()
    node = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["engines"]["node"]
    assert f"**Python {python}**" in text
    assert f"**Node {node.removeprefix('>=')}**" in text


def test_every_folder_at_the_top_is_in_the_readmes_map() -> None:
    """A stranger finds out from there."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    tops = {name.split("/")[0] for name in tracked.split("\0") if "/" in name}
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for folder in sorted(top for top in tops if not top.startswith(".")):
        assert f"({folder}/" in text, folder


def test_every_dependency_stands_in_the_handbook_with_its_version_licence_and_reason() -> None:
    """The version that is locked."""
    page = (ROOT / "handbook" / "dependencies.md").read_text(encoding="utf-8")
    rows = dict[str, list[str]]()
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4:
            rows[cells[0]] = cells[1:]
    locks = (ROOT / name for name in (DEV_LOCK, INSTALLER_LOCK))
    texts = "".join(lock.read_text("utf-8") for lock in locks)
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", texts, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    for group in project["dependency-groups"].values():
        wanted += group
    versions = {(name := re.split(r"[<>=!~;\[ ]", line)[0]): locked[name] for line in wanted}
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions |= package["dependencies"] | package["devDependencies"]
    for name, version in versions.items():
        assert name in rows, f"{name} is missing"
        assert rows[name][0] == version, f"{name}: {version} is locked"
        assert all(rows[name]), name


def test_every_decision_is_listed_and_fits_on_a_page() -> None:
    """And says what it costs and when it holds."""
    folder = ROOT / "handbook" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for file in folder.glob("[0-9]*.md"):
        text = file.read_text(encoding="utf-8")
        assert f"]({file.name})" in index
        assert "## What it costs" in text
        assert re.search(r"^\*In force since ", text, re.MULTILINE)
        assert len(text.splitlines()) <= 60
