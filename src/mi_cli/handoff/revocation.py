"""What taking one consent back means for the client's other consents, as long as nobody has asked the client.

Pure. Whom a consent serves is compared by name, and a description of several people by its words.
"""

from collections.abc import Callable, Sequence

from mi_cli.records.consent import Consent, Recipient, Revoked
from mi_cli.records.name_matching import folded, is_visible, same, visible


def listed(consent: Consent) -> list[Recipient]:
    """Everybody it names."""
    through = consent.intermediary
    members = visible(through.participants) if through else ()
    named_ones = (recipient for recipient in consent.recipients if is_visible(recipient.name))
    return [*named_ones, *(Recipient(name=name) for name in members)]


def named(consent: Consent, name: str) -> Recipient | None:
    """The recipient of that name, if the consent names them."""
    return next((recipient for recipient in listed(consent) if same(recipient.name, name)), None)


def described(consent: Consent) -> str | None:
    """The words for recipients that it does not name; null where there are none."""
    through = consent.intermediary
    if is_visible(consent.recipient_class):
        return consent.recipient_class
    if through and through.treating_only and is_visible(through.name):
        return f"providers who treat the client, through {through.name}"
    return None


def serves(consent: Consent) -> tuple[str, ...]:
    """Whom it serves: the names in it, and the words for those that it does not name."""
    wide = described(consent)
    return (*(recipient.name for recipient in listed(consent)), *([wide] if wide else []))


def unanswered(consent: Consent, to: str, consents: Sequence[Consent]) -> list[Consent]:
    """The consents for the same recipient that were taken back after this one was given.

    Those after which the client said that this one still holds are left out. `to` is one of `serves`.
    """
    answered = {upheld.after for upheld in consent.upheld}
    return [
        other
        for other in consents
        if other.revoked
        and other.client == consent.client
        and other.id not in {consent.id, *answered}
        and folded(to) in map(folded, serves(other))
        and _was_given_before(consent, other.revoked)
    ]


def open_questions(consent: Consent, consents: Sequence[Consent]) -> dict[str, list[Consent]]:
    """By whom it serves, the revocations after which nobody has said whether this consent still holds."""
    if consent.revoked:
        return {}
    asked = {to: unanswered(consent, to, consents) for to in serves(consent)}
    return {to: others for to, others in asked.items() if others}


def taken_from(name: str, consents: Sequence[Consent], holds: Callable[[Consent], bool]) -> Consent | None:
    """The consent naming that recipient which was taken back last; null if a later one that names them `holds`."""
    about = [consent for consent in consents if named(consent, name)]
    back = [consent for consent in about if consent.revoked]
    last = max(back, key=lambda one: one.revoked.at if one.revoked else one.created_at, default=None)
    if last is None or any(_is_later(one, back) and holds(one) for one in about if not one.revoked):
        return None
    return last


def _is_later(consent: Consent, back: Sequence[Consent]) -> bool:
    return not any(_was_given_before(consent, other.revoked) for other in back if other.revoked)


def _was_given_before(consent: Consent, revoked: Revoked) -> bool:
    """Signed on an earlier day, or recorded before."""
    if consent.signed_on is None or consent.signed_on < revoked.at.date():
        return True
    if revoked.on_file is not None:  # tells two records of one second apart
        return consent.id in revoked.on_file
    return consent.created_at <= revoked.at
