"""Inside Pyodide: import the engine and print, as JSON, each text that dataclasses compile.

ARGUMENTS are the names of our modules; /engine holds them.
"""

import dataclasses
import importlib
import json
import sys

texts = {}


def keep(text, namespace, names):
    texts[text] = None
    exec(text, namespace, names)


sys.path.insert(0, "/engine")
dataclasses.exec = keep
for name in ARGUMENTS:  # noqa: F821 - set by node.py
    importlib.import_module(name)
print(json.dumps(sorted(texts)))
