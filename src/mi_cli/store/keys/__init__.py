"""The floor that knows keys: what opens a store, and every change to that.

`jwe.py` encrypts one document under the keys of its client, `keyfile.py` reads and writes `keys.json`, which holds the
store's keys under the passphrase and the supervisor's key, and `key_changes.py` changes that file under a lock.
"""
