"""The floor that knows files, and nothing of what is in them.

It writes one file whole or not at all, holds locks, names the paths of a store, and puts aside what is in the way.
Every call that differs between systems stands in `system.py`.
"""
