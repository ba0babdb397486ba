"""Decide, explain and prove a school's anti-bullying protocol. README.md lists the rooms."""
