"""The closed list of events that the log of a store tells of."""

from enum import StrEnum


class EventType(StrEnum):
    """What was done in a store, as `log.jsonl` names it."""

    MADE = "made"
    CHANGED = "changed"
    BEGAN = "began"
    WENT_ON = "went on"
    PAUSED = "paused"
    ENDED = "ended"
    AMENDED = "amended"
    DELETED = "deleted"
    BROUGHT_BACK = "brought back"
    PURGED = "purged"
    SET_ASIDE = "set aside"
    BACKED_UP = "backed up"
    RESTORED = "restored"
    CONSENT_RECORDED = "consent recorded"
    CONSENT_TAKEN_BACK = "consent taken back"
    CONSENT_UPHELD = "consent upheld"
    PASSED_ON = "passed on"
    PROTECTED = "protected"
    UNPROTECTED = "unprotected"
    PASSPHRASE_CHANGED = "passphrase changed"  # noqa: S105  # the name of an event, no secret
    RECOVERY_SET_UP = "recovery set up"
    RECOVERED = "recovered"
    FORMER_NOTES_OPENED = "former notes opened"
    UNLOCKED = "unlocked"
    NOT_UNLOCKED = "not unlocked"
