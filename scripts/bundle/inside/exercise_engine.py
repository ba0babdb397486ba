"""Inside Pyodide: use the engine in every way it has, then print the library modules it loaded.

ARGUMENTS are the names of our modules; /engine holds them, /schools one JSON per school.
"""

import importlib
import json
import sys
import traceback
from pathlib import Path

sys.path.insert(0, "/engine")
for name in ARGUMENTS:  # noqa: F821 - set by node.py
    importlib.import_module(name)

from decision_tree import browser, practice_calls

UNKNOWN = "unknown"


def ask(name, school, **payload):
    return json.loads(browser.call(name, json.dumps({"school": school, **payload})))


for path in sorted(Path("/schools").glob("*.json")):
    school = browser.load(path.read_text("utf-8"))
    answers = {}
    while (decision := ask("decide", school, answers=answers)).get("status") == "ask":
        answers[decision["question"]["id"]] = UNKNOWN
    for name in (*browser._CALLS, *practice_calls.CALLS):
        for language in ("nl", "en"):
            ask(name, school, answers=answers, start="2027-01-04", language=language)
    ask("decide", school, answers={"no-such-question": "no-such-answer"})
    ask("decide", "no-such-school", answers={})

for code in ("1 / 0", "nonsense(", "import no_such_module", "'x'.no_such_attribute", "nosuch"):
    try:
        exec(compile(code, "<example>", "exec"))
    except Exception:
        traceback.format_exc()

for name, module in sorted(sys.modules.items()):
    if (getattr(module, "__file__", None) or "").startswith("/lib/python"):
        # what is frozen into the interpreter is never loaded from the zip
        print(name, "frozen" if module.__spec__ and module.__spec__.origin == "frozen" else "zip")
