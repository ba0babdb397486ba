"""The bundle holds what its manifest says, is the same each time, and decides as CPython does."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import runpy
import sys
import zipfile
from pathlib import Path

import brotli
import pytest

from scripts.bundle.archive import read_files, write_stored
from scripts.bundle.compile import by_pyodide_build, by_pyodide_itself
from scripts.bundle.library import whole_library
from scripts.bundle.make import RUNTIME_FILES, make_bundle
from scripts.bundle.node import PYODIDE, run_inside
from scripts.bundle.record_library import recorded_modules, unlisted
from scripts.find_python import BEST
from scripts.site_steps.hashed_names import hashed_file
from tests.bundle.conftest import Bundle

pytestmark = pytest.mark.pyodide

WALK = Path(__file__).with_name("inside") / "walk.py"
MOST_MEGABYTES = 3.3


def test_the_manifest_names_every_file_with_its_size_and_hash(bundle: Bundle) -> None:
    """Each with a .br and a .gz beside it that hold the same bytes, and nothing else."""
    manifest = hashed_file(bundle.folder / "manifest.json").name
    expected = {manifest, f"{manifest}.br", f"{manifest}.gz"}
    for name, facts in bundle.manifest["files"].items():
        content = (bundle.folder / name).read_bytes()
        assert facts["sha256"] == hashlib.sha256(content).hexdigest()
        assert facts["bytes"] == len(content)
        packed = {kind: (bundle.folder / f"{name}.{kind}").read_bytes() for kind in ("br", "gz")}
        assert {kind: facts[kind] for kind in packed} == {k: len(v) for k, v in packed.items()}
        assert brotli.decompress(packed["br"]) == gzip.decompress(packed["gz"]) == content
        expected |= {name, f"{name}.br", f"{name}.gz"}
    files = (path for path in bundle.folder.rglob("*") if path.is_file())
    assert {path.relative_to(bundle.folder).as_posix() for path in files} == expected


def test_the_runtime_is_the_npm_package_untouched(bundle: Bundle) -> None:
    """Whoever doubts it can compare."""
    assert len(RUNTIME_FILES) == 3
    for name in RUNTIME_FILES:
        assert (bundle.runtime / name).read_bytes() == (PYODIDE / name).read_bytes()


def test_a_visitor_fetches_at_most_three_point_three_megabytes(bundle: Bundle) -> None:
    """The Python tier as brotli, all schools included."""
    total = sum(facts["br"] for facts in bundle.manifest["files"].values())
    assert total <= MOST_MEGABYTES * 1e6


def test_making_the_bundle_again_gives_the_same_bytes(bundle: Bundle, tmp_path: Path) -> None:
    """So a name that carries a hash changes only when the content does."""
    again = make_bundle(bundle.schools, tmp_path / "again", pack=False)
    packed = {"br", "gz"}
    shipped = {
        name: {fact: value for fact, value in facts.items() if fact not in packed}
        for name, facts in bundle.manifest["files"].items()
    }
    expected = {**bundle.manifest, "files": shipped}
    assert json.dumps(again) == json.dumps(expected)  # in the same order too


def test_a_changed_protocol_changes_the_library_and_leaves_the_runtime(
    bundle: Bundle, tmp_path: Path
) -> None:
    """The largest files stay in the visitor's cache."""
    changed = make_bundle({**bundle.schools, "new": "{}"}, tmp_path / "changed", pack=False)
    assert changed["runtime"] == bundle.manifest["runtime"]
    assert changed["library"] != bundle.manifest["library"]


def test_the_zip_is_uncompressed_and_holds_no_source_and_nothing_of_the_desk(
    bundle: Bundle,
) -> None:
    """Reading and checking protocols needs packages that the browser does not have."""
    with zipfile.ZipFile(bundle.library) as archive:
        entries = archive.infolist()
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert {Path(entry.filename).suffix for entry in entries} == {".pyc", ".json"}
    names = {entry.filename for entry in entries}
    assert {"ahead.pyc", "decision_tree/browser.pyc"} <= names
    assert not names & {
        f"decision_tree/{desk}.pyc" for desk in ("reading", "checks", "command_line", "yaml_source")
    }


def test_pyodide_decides_on_every_path_of_every_school_as_cpython_does(
    bundle: Bundle, tmp_path: Path
) -> None:
    """On exactly this bundle: trimmed library, compiled engine, schools from the zip."""
    for school, text in bundle.schools.items():
        (tmp_path / f"{school}.json").write_text(text, encoding="utf-8")
    here = io.StringIO()
    with contextlib.redirect_stdout(here):
        runpy.run_path(str(WALK), {"ARGUMENTS": [str(tmp_path), *bundle.schools]})
    there = run_inside(WALK, "zip", *bundle.schools, runtime=bundle.runtime, library=bundle.library)
    assert there == here.getvalue()
    assert len(there.splitlines()) == len(bundle.schools)


def test_no_dataclass_of_the_engine_is_compiled_in_the_browser(
    bundle: Bundle, tmp_path: Path
) -> None:
    """The module `ahead` has the methods of them all, and they are what dataclasses would make."""
    engine = sorted(
        name.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")
        for name in read_files(bundle.library)
        if name.startswith("decision_tree/") and name.endswith(".pyc")
    )
    script = tmp_path / "imports.py"
    script.write_text(
        "import importlib, sys, ahead\nahead.install()\n"
        "for name in ARGUMENTS:\n    importlib.import_module(name)\n"
        "from decision_tree.protocol import Text\n"
        "one = Text(nl='a', en='b')\n"
        "try:\n    one.nl = 'c'\nexcept AttributeError as error:\n    print(type(error).__name__)\n"
        "print(one, one == Text(nl='a', en='b'), hash(one) == hash(Text(nl='a', en='b')))\n"
        "print(len(ahead.MADE) > 20, ahead.missed)\n",
        encoding="utf-8",
    )
    told = run_inside(script, *engine, runtime=bundle.runtime, library=bundle.library)
    assert told.splitlines() == [
        "FrozenInstanceError",
        "Text(nl='a', en='b') True True",
        "True []",
    ]


def test_a_dataclass_that_is_not_known_ahead_works_as_ever(bundle: Bundle, tmp_path: Path) -> None:
    script = tmp_path / "unknown.py"
    script.write_text(
        "import ahead\nahead.install()\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass New:\n    thing: int = 3\nprint(New(), len(ahead.missed))\n",
        encoding="utf-8",
    )
    told = run_inside(script, runtime=bundle.runtime, library=bundle.library)
    assert told.strip() == "New(thing=3) 1"


def test_an_error_in_the_browser_is_told_with_its_traceback(bundle: Bundle, tmp_path: Path) -> None:
    """The trimmed library keeps what that takes."""
    script = tmp_path / "fails.py"
    script.write_text(
        "import traceback\nfrom decision_tree import browser\n"
        "try:\n    browser.call('decide', 'nonsense')\n"
        "except ValueError:\n    print(traceback.format_exc())\n",
        encoding="utf-8",
    )
    told = run_inside(script, runtime=bundle.runtime, library=bundle.library)
    assert "decision_tree/browser.py" in told
    assert "JSONDecodeError: Expecting value" in told


def test_the_list_of_library_modules_is_complete(schools: dict[str, str]) -> None:
    """Recorded anew on the whole library, nothing turns up that library.txt lacks."""
    assert unlisted(recorded_modules(schools)) == set()


def test_pyodide_compiles_what_pyodide_build_does_not(tmp_path: Path) -> None:
    """With another Python than 3.13 the bundle is compiled by Pyodide; the result runs there."""
    source = {"one/__init__.py": b"", "one/two.py": b"def three() -> int:\n    return 3\n"}
    made = by_pyodide_itself(source, 0)
    assert made.keys() == {"one/__init__.pyc", "one/two.pyc"}
    for name, content in made.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    script = tmp_path / "runs.py"
    script.write_text(
        "import sys; sys.path.insert(0, '/made')\nfrom one.two import three\nprint(three())"
    )
    assert run_inside(script, folders={"/made": tmp_path}).strip() == "3"


def test_both_compilers_mark_their_code_for_the_same_python() -> None:
    """The first four bytes say for which; only under 3.13 may this Python compile."""
    if sys.version_info[:2] != BEST:
        pytest.skip("this Python does not compile for the browser")
    source = {"json/decoder.py": whole_library()["json/decoder.py"]}
    ours, theirs = by_pyodide_build(source, 2), by_pyodide_itself(source, 2)
    assert ours["json/decoder.pyc"][:4] == theirs["json/decoder.pyc"][:4]


def test_a_zip_depends_on_its_content_alone(tmp_path: Path) -> None:
    """Not on the order of writing, nor on the clock."""
    files = {"b.txt": b"b", "a.txt": b"a"}
    write_stored(tmp_path / "one.zip", files)
    write_stored(tmp_path / "two.zip", dict(reversed(files.items())))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert read_files(tmp_path / "one.zip") == files
