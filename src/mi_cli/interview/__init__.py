"""The walk: a pure state machine. Lines in, changes to the records out."""
