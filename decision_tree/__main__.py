"""``python -m decision_tree``."""

from decision_tree.command_line import main

if __name__ == "__main__":
    main(prog_name="python -m decision_tree")
