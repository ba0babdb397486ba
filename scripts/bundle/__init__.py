"""Makes Python for the browser: the runtime, one zip with library and engine, and a manifest.

`.venv/bin/python -m scripts.bundle` does just this step of the build; the result is in build/bundle/:

    manifest.json                       what lies here: names, sizes, hashes; in the site with a hash in its name
    pyodide-<version>-<hash>/           three files of the pinned npm package, untouched
    library-<hash>.zip                  standard library + engine, compiled, + one JSON per school
    *.br, *.gz                          beside each file

Names carry a hash of the content, so hosts and browsers may keep every file for ever; each page
names the manifest of its own version. The runtime has its own hash: a new sentence in a protocol
makes a new zip and leaves the largest files where they are.
"""
