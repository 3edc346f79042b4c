"""Check, repair, trash, backup, restore, and converting a store between plain and encrypted."""
