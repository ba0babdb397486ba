"""Inside Pyodide: compile every .py below /in to a .pyc below /out, the source left out.

ARGUMENTS[0] is the optimization level, as of `python -O`. The code is marked with the hash of
its source and "never look for the source again".
"""

import importlib._bootstrap_external as bootstrap
import importlib.util
from pathlib import Path

for path in sorted(Path("/in").rglob("*.py")):
    name = path.relative_to("/in")
    source = path.read_bytes()
    code = compile(source, str(name), "exec", dont_inherit=True, optimize=int(ARGUMENTS[0]))  # noqa: F821 - set by node.py
    target = Path("/out") / name.with_suffix(".pyc")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(bootstrap._code_to_hash_pyc(code, importlib.util.source_hash(source), False))
