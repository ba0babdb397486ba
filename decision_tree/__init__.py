"""Decide, explain and prove a school's anti-bullying protocol.

The rooms of this package:

- ``protocol``, ``safety``: the nouns; ``errors``: what can go wrong
- ``yaml_source``, ``reading``, ``references``: a YAML file -> a protocol (desk only)
- ``table``, ``tree``, ``guide``, ``outcome``, ``calendar``: decide; the standard library only
- ``codec``, ``browser``: to JSON and back; the door to the page
- ``practice*``, ``reading_cases``, ``cases/``: practice cases, composed and marked
- ``checks/``, ``coverage``: proof; ``command_line``, ``terminal``: the command line
- ``protocols/``: one file per school; ``safety.yaml``, ``contacts.yaml``: what is ours
"""
