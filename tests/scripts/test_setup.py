"""Setting up does what is missing, once, and says kindly what it cannot do."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from scripts import find_chromium, find_firefox, find_pango, find_python, programs, setup
from scripts.progress import ROOT, Stop

STARTED_BY_ANY_PYTHON = [
    "setup",
    "serve",
    "test",
    "build",
    "progress",
    "find_python",
    "find_chromium",
    "find_firefox",
    "find_java",
    "find_pango",
    "programs",
    "apt",
]


class Commands:
    """Stands for the commands that would be run, and remembers them."""

    def __init__(self, fails: bool = False, failing: str = "") -> None:
        self.ran: list[list[str]] = []
        self._fails, self._failing = fails, failing

    def __call__(self, command: list[str], env: object = None) -> str:
        self.ran.append([str(part) for part in command])
        if self._fails or self._failing in command:
            raise Stop("could not connect")
        return "v20.0.0"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with locks and an environment that exists."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "VENV_PYTHON", Path(sys.executable))
    monkeypatch.setattr(setup, "pango", str)
    for folder in (".venv", "node_modules"):
        (tmp_path / folder).mkdir()
    for lock in (setup.LOCK, setup.DEV_LOCK, setup.INSTALLER_LOCK, "package-lock.json"):
        (tmp_path / lock).write_text("1", encoding="ascii")
    return tmp_path


def test_the_second_time_nothing_is_run(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So it works offline too."""
    first, second = Commands(), Commands()
    monkeypatch.setattr(setup, "run", first)
    setup.ready_to_test(browser=False)
    monkeypatch.setattr(setup, "run", second)
    setup.ready_to_test(browser=False)
    setup.ready_to_build()
    assert any("--require-hashes" in command for command in first.ran)
    assert any("ci" in command for command in first.ran)
    assert second.ran == []


def test_a_changed_lock_is_installed_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only that one."""
    monkeypatch.setattr(setup, "run", Commands())
    setup.ready_to_test(browser=False)
    (project / setup.DEV_LOCK).write_text("2", encoding="ascii")
    after = Commands()
    monkeypatch.setattr(setup, "run", after)
    setup.ready_to_test(browser=False)
    assert [command[-1] for command in after.ran] == [setup.DEV_LOCK]


def test_where_the_fast_installer_reaches_nothing_pip_installs_the_same_lock(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip may know a mirror or a certificate that uv does not."""
    commands = Commands(failing="uv")
    monkeypatch.setattr(setup, "run", commands)
    setup.ready_to_build()
    by_uv, by_pip = (command for command in commands.ran if command[-1] == setup.LOCK)
    assert "uv" in by_uv
    assert "uv" not in by_pip
    assert "--require-hashes" in by_uv
    assert "--require-hashes" in by_pip


def test_an_installation_that_failed_is_tried_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the person is told that it takes a network."""
    monkeypatch.setattr(setup, "run", Commands(fails=True))
    with pytest.raises(Stop, match="network"):
        setup.ready_to_build()
    after = Commands()
    monkeypatch.setattr(setup, "run", after)
    setup.ready_to_build()
    assert any("--require-hashes" in command for command in after.ran)


def test_an_old_python_gets_a_kind_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says which one is needed and where to get it."""
    monkeypatch.setattr(find_python, "version_of", lambda python: (3, 11))
    with pytest.raises(Stop, match=r"needs Python 3\.13 \(3\.12 or newer will do\)"):
        find_python.suitable_python()


def test_the_python_that_pyodide_has_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the oldest that will do."""
    versions = {"a": (3, 14), "b": (3, 12), "c": (3, 13), "d": (0, 0)}
    monkeypatch.setattr(find_python, "_candidates", lambda: iter(versions))
    monkeypatch.setattr(find_python, "version_of", versions.__getitem__)
    assert find_python.suitable_python() == "c"
    versions["c"] = (3, 11)
    assert find_python.suitable_python() == "b"


def test_a_python_that_does_not_run_is_none(tmp_path: Path) -> None:
    """As a shim of a version that is not chosen."""
    assert find_python.version_of(tmp_path / "python") == (0, 0)
    assert find_python.version_of(sys.executable) == sys.version_info[:2]


@pytest.mark.parametrize("name", STARTED_BY_ANY_PYTHON)
def test_an_old_python_can_read_what_starts(name: str) -> None:
    """Else it would show a syntax error instead of the sentence."""
    source = (ROOT / "scripts" / f"{name}.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))


def test_a_chosen_chromium_is_used_and_a_wrong_choice_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CHROMIUM goes before everything else."""
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert find_chromium.chromium() == sys.executable
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(Stop, match="cannot be run"):
        find_chromium.chromium()


def test_without_chromium_and_without_root_the_person_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And how to do without."""
    monkeypatch.setattr(find_chromium, "find_chromium", lambda: None)
    monkeypatch.setattr(programs, "may_install", lambda: False)
    with pytest.raises(Stop, match=r"apt-get install chromium[\s\S]*--fast"):
        find_chromium.chromium()


def test_without_pango_and_without_root_the_person_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, and not after minutes of building with the last lines of a traceback."""
    (tmp_path / "weasyprint.py").write_text(
        "raise OSError('cannot load library')", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(programs, "may_install", lambda: False)
    with pytest.raises(Stop, match=r"apt-get install libpangoft2[\s\S]*run the same command"):
        find_pango.pango(sys.executable)


def test_where_root_on_debian_lacks_pango_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is installed is looked at again."""
    stand_in = tmp_path / "weasyprint.py"
    stand_in.write_text("raise OSError('cannot load library')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(programs, "may_install", lambda: True)
    asked: list[str] = []

    def installs(package: str, name: str) -> None:
        asked.append(package)
        stand_in.write_text("", encoding="utf-8")

    monkeypatch.setattr(programs, "install", installs)
    find_pango.pango(sys.executable)
    assert asked == ["libpangoft2-1.0-0"]


def test_a_weasyprint_that_is_broken_otherwise_is_not_taken_for_a_missing_pango(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installing Pango would not mend it."""
    (tmp_path / "weasyprint.py").write_text("import no_such_module", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(Stop, match=r"No module named 'no_such_module'\n.*\.venv"):
        find_pango.pango(sys.executable)


def test_without_firefox_the_person_is_told_what_is_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is no reason to stop."""
    monkeypatch.setattr(find_firefox, "find_firefox", lambda: None)
    monkeypatch.setattr(programs, "may_install", lambda: False)
    assert find_firefox.firefox() is None
    assert "apt-get install firefox-esr" in capsys.readouterr().out


def test_a_firefox_that_cannot_be_installed_is_no_reason_to_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a network, say."""

    def fails(package: str, name: str) -> None:
        raise Stop("apt-get could not install Firefox")

    monkeypatch.setattr(find_firefox, "find_firefox", lambda: None)
    monkeypatch.setattr(programs, "may_install", lambda: True)
    monkeypatch.setattr(programs, "install", fails)
    assert find_firefox.firefox() is None
    assert "could not install" in capsys.readouterr().out


def test_a_wrong_choice_of_firefox_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FIREFOX goes before everything else."""
    monkeypatch.setenv("FIREFOX", sys.executable)
    assert find_firefox.firefox() == sys.executable
    monkeypatch.setenv("FIREFOX", str(tmp_path / "none"))
    with pytest.raises(Stop, match="cannot be run"):
        find_firefox.firefox()
