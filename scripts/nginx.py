"""Writes the nginx configuration of a built site: hosting/nginx.conf.form, filled in from its _headers.

Usage: python3 scripts/nginx.py --name pesten.example --root /srv/protocolwijzer/current
           [--site site] [--listen 80] [--under pesten] [--log /var/log/nginx/protocolwijzer.log]
           [--include /etc/nginx/pesten.example.https]

Prints to the terminal; send it to a file in /etc/nginx/conf.d/ and reload nginx.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":  # started as a file: find our own packages from the project's root
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.progress import ROOT, Stop, stopping_kindly
from scripts.site_server import Blocks, read_blocks

FORM = ROOT / "hosting" / "nginx.conf.form"
_PLACE = re.compile(r"@([A-Z_]+)@")


@dataclass(frozen=True, kw_only=True)
class Host:
    """Where the site will live.

    ``under``: the path below which it is reached, with a folder of that name in ``root``.
    ``log``: a file for the bare list of what was sent; None writes nothing at all.
    ``include``: a file with lines of the host's own for the ``server`` block, such as its certificate.
    """

    name: str
    root: str
    listen: str = "80"
    under: str = ""
    log: str | None = None
    include: str | None = None
    errors: str = "stderr"


def nginx_configuration(site: Path, host: Host) -> str:
    """The form with every place filled in; `Stop` if the site is not there."""
    headers = site / "_headers"
    if not headers.is_file():
        raise Stop(f"{site} is not a built site. Run `python3 scripts/build.py` first.")
    blocks = read_blocks(headers.read_text(encoding="utf-8"))
    under = f"/{host.under.strip('/')}" if host.under.strip("/") else ""
    names = list(dict.fromkeys(name for _, values in blocks for name in values))
    filled = {
        "MAPS": "\n".join(_map(name, blocks, under) for name in names),
        "ADD_HEADERS": "\n".join(
            f"  add_header {name} {_variable(name)} always;" for name in names
        ),
        "UNDER": under,
        "LISTEN": host.listen,
        "NAME": host.name,
        "ROOT": host.root,
        "LOG": f"{host.log} pw_files if=$pw_ours" if host.log else "off",
        "ERRORS": host.errors,
        "INCLUDE": f"include {host.include};" if host.include else "",
    }
    form = FORM.read_text(encoding="utf-8")
    body = form[form.index("\n\n") :].lstrip()  # the first lines tell how to fill it in
    return _PLACE.sub(lambda place: filled[place[1]], body)


def _map(name: str, blocks: Blocks, under: str) -> str:
    """Which files get which value. nginx takes the first pattern that fits, `_headers` the last."""
    lines = [
        f"  {_quoted(f'~^{under}{_expression(pattern)}(\\.br)?$')} {_quoted(values[name])};"
        for pattern, values in reversed(blocks)
        if name in values
    ]
    return "\n".join([f"map $uri {_variable(name)} {{", '  default "";', *lines, "}"])


def _expression(pattern: str) -> str:
    return ".*".join(map(re.escape, pattern.split("*")))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def _variable(name: str) -> str:
    return "$pw_" + name.lower().replace("-", "_")


def main() -> None:
    """Print it."""
    parser = argparse.ArgumentParser(description="Write the nginx configuration of a built site.")
    parser.add_argument("--name", required=True, help="server_name, as pesten.example")
    parser.add_argument("--root", required=True, help="the folder on the server, as published")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--listen", default="80", help="port, or address:port")
    parser.add_argument("--under", default="", help="path of the site, if not at the top")
    parser.add_argument(
        "--log", help="file that lists what was sent; without it nothing is written"
    )
    parser.add_argument("--include", help="file with lines of your own, such as those for https")
    options = parser.parse_args()
    with stopping_kindly():
        host = Host(
            name=options.name,
            root=options.root,
            listen=options.listen,
            under=options.under,
            log=options.log,
            include=options.include,
        )
        print(nginx_configuration(options.site, host))


if __name__ == "__main__":
    main()
