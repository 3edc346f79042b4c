"""One file, written whole or not at all; locks; paths; quarantine; and every call that differs between systems."""
