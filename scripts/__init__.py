"""What a person runs, and the steps these commands are made of; README.md lists them.

`python3 scripts/serve.py` shows the product, `python3 scripts/test.py` proves it.
"""
