"""The floor that knows records: reading, listing and saving them by their kind, and the log of what was done.

`catalog.py` looks into a store and loads nothing heavy; `json_store.py` reads and saves records; `interviews.py` alone
reads notes; `disclosures.py` and `ledger.py` pass a document on, logged before it is anywhere.
"""
