"""What a person runs: setup, serve, test, build, lock; and the steps these are made of.

`python3 scripts/serve.py` shows the product, `python3 scripts/test.py` proves it.
"""
