"""The floor that looks after a whole store: check, repair, trash, backup, restore, protect and unprotect.

Each of these may be killed at any point; the same command again then finishes it.
"""
