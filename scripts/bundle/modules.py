"""Which of our modules the browser needs: the door and all that it imports, to the last one."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping

from scripts.progress import Stop

PACKAGE = "decision_tree"
DOOR = f"{PACKAGE}.browser"
"""What the worker imports."""


def needed_modules(sources: Mapping[str, str], door: str = DOOR) -> dict[str, set[str]]:
    """Our modules that importing the door may load, each with the library modules it names.

    ``sources``: module name -> source. `Stop` if one needs what is not in a browser.
    """
    needed: dict[str, set[str]] = {}
    ahead = [PACKAGE, door]
    while ahead:
        name = ahead.pop()
        if name in needed:
            continue
        needed[name] = set()
        for imported in _imports(name, sources[name]):
            if imported in sources:
                ahead.append(imported)
            elif imported.partition(".")[0] in sys.stdlib_module_names:
                needed[name].add(imported)
            elif imported.rpartition(".")[0] not in {*sources, *needed[name]}:
                raise Stop(
                    f"{name} imports {imported}, and the browser has the standard library only.\n"
                    f"Nothing that {door} imports may need more."
                )
    return needed


def _imports(name: str, source: str) -> Iterator[str]:
    """Full names of all imports, also inside functions, not those for the type checker only."""
    waiting: list[ast.AST] = [ast.parse(source, name)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting.extend(node.orelse)
            continue
        waiting.extend(ast.iter_child_nodes(node))
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise Stop(f"{name} has a relative import; write the full name.")
            origin = node.module or ""
            yield origin
            if origin.partition(".")[0] == PACKAGE:
                yield from (f"{origin}.{alias.name}" for alias in node.names)
