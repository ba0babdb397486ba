"""`python -m scripts.bundle`: compile the protocols, make the bundle, tell what it weighs."""

from scripts.build import Places, bundle, compile_schools
from scripts.progress import stopping_kindly, working

if __name__ == "__main__":
    with stopping_kindly():
        with working("Compiling the protocols"):
            compile_schools(Places())
        with working("Bundling Python for the browser"):
            bundle(Places())
