"""Read, prove, decide and explain a school's anti-bullying protocol.

What this module names is the public API; README.md shows each with an example. Each name is
imported when it is first used: in the browser, where only deciding runs, nothing else is loaded.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decision_tree.errors import BadAnswer as BadAnswer
    from decision_tree.errors import BadFile as BadFile
    from decision_tree.errors import BadTable as BadTable
    from decision_tree.errors import Problem as Problem
    from decision_tree.guide import changes as changes
    from decision_tree.guide import decide as decide
    from decision_tree.guide import explain as explain
    from decision_tree.outcome import Ask as Ask
    from decision_tree.outcome import Leave as Leave
    from decision_tree.outcome import Outcome as Outcome
    from decision_tree.proof import prove as prove
    from decision_tree.protocol import Protocol as Protocol
    from decision_tree.reading import read_protocol as read_protocol
    from decision_tree.reading import read_safety as read_safety
    from decision_tree.reading import school_files as school_files
    from decision_tree.tree import Compiled as Compiled
    from decision_tree.tree import compile_tree as compile_tree

_MODULE_OF = {
    "Ask": "outcome",
    "BadAnswer": "errors",
    "BadFile": "errors",
    "BadTable": "errors",
    "Compiled": "tree",
    "Leave": "outcome",
    "Outcome": "outcome",
    "Problem": "errors",
    "Protocol": "protocol",
    "changes": "guide",
    "compile_tree": "tree",
    "decide": "guide",
    "explain": "guide",
    "prove": "proof",
    "read_protocol": "reading",
    "read_safety": "reading",
    "school_files": "reading",
}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
