"""Where records live, on four floors, each of which imports only those below it. Import the modules, not this package.

    upkeep/   check, repair, trash, backup, restore, protect and unprotect: what is done to a store as a whole
    records/  reading, listing and saving records; what is passed on; the log of what was done
    keys/     the key file and every change to it; passphrase, supervisor's key, encryption of one document
    disk/     one file whole or not at all; locks; paths; quarantine; every call that differs between systems

Outside this room `records/catalog.py` and `records/outside.py` stand for the disk.
"""
