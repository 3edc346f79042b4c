"""Progress notes: what the record puts into one, what must be in it, and what is missing.

Nothing here is given the counseling notes, nor may it import what reads them (42 CFR 2.11): words of an interview come
as lines that the counselor picked (`Picked`), everything else as facts, the plan, and counts.
"""
