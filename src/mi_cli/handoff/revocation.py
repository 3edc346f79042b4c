"""What the revocation of one consent means for the client's other consents.

Theory of operation
-------------------
A consent *serves* the recipients that it names, and perhaps a class that it describes in words. When a consent is
revoked, another one that serves the same recipient may still be in force, and only the client can say whether that was
meant. All functions are pure; recipients are compared by name, and classes by their words. Two rules:

1. **An open question** (`unanswered_revocations`): a consent was given before the revocation of another one for the
   same recipient. It permits nothing for that recipient until the client has said that it still holds. The answer is
   kept in the consent itself (`Consent.upheld`, with the id of the revoked consent); or the consent is revoked as well.
2. **A recipient's own consent was revoked** (`revoked_without_successor`): a recipient who was named in a revoked
   consent gets nothing as one of a class or as a member of the program, unless a consent that names them was given
   later and is in force.

A consent may be revoked for one of its recipients only (`Consent.taken_back`). For that recipient both rules hold as if
the whole had been revoked; for the others nothing has changed.

"Given before" is decided by the day of the signature; on the same day, by what the revocation recorded as on file
(`Revoked.on_file`), else by the time of the record.
"""

from collections.abc import Callable, Sequence

from mi_cli.records.consent import Consent, Recipient, Revoked
from mi_cli.records.name_matching import fold_name, is_visible, same_name, visible
from mi_cli.words.kept_consents import kept_consent_words
from mi_cli.words.said import said


def named_recipients(consent: Consent) -> list[Recipient]:
    """Returns everybody that the consent names: its recipients, and the members of an intermediary that it names.

    A recipient for whom it was taken back is named all the same: `Consent.revocation_for` tells.
    """
    intermediary = consent.intermediary
    members = visible(intermediary.participants) if intermediary else ()
    recipients = (recipient for recipient in consent.recipients if is_visible(recipient.name))
    return [*recipients, *(Recipient(name=name) for name in members)]


def find_recipient(consent: Consent, name: str) -> Recipient | None:
    """Returns the recipient of that name; None if the consent does not name them."""
    return next((recipient for recipient in named_recipients(consent) if same_name(recipient.name, name)), None)


def recipient_class_of(consent: Consent) -> str | None:
    """Returns the words for the class of recipients that the consent describes without names; None if there is none."""
    intermediary = consent.intermediary
    if is_visible(consent.recipient_class):
        return consent.recipient_class
    if intermediary and intermediary.treating_only and is_visible(intermediary.name):
        return said(kept_consent_words, lambda words: words.class_through, name=intermediary.name)
    return None


def recipients_served(consent: Consent) -> tuple[str, ...]:
    """Returns whom the consent serves: the names in it, and the words for the class that it describes."""
    recipient_class = recipient_class_of(consent)
    return (
        *(recipient.name for recipient in named_recipients(consent)),
        *([recipient_class] if recipient_class else []),
    )


def unanswered_revocations(consent: Consent, to: str, consents: Sequence[Consent]) -> list[Consent]:
    """Returns the consents for the same recipient that were revoked after this one was given.

    Revocations after which the client said that this consent still holds are left out. `to` is one of those that
    `serves` returns.
    """
    answered = {upheld.after for upheld in consent.upheld}
    return [
        other
        for other in consents
        if (revocation := other.revocation_for(to))
        and other.client == consent.client
        and other.id not in {consent.id, *answered}
        and fold_name(to) in map(fold_name, recipients_served(other))
        and _was_given_before(consent, revocation)
    ]


def open_questions(consent: Consent, consents: Sequence[Consent]) -> dict[str, list[Consent]]:
    """Returns the open questions about a consent: by recipient or class, the revoked consents that raise them."""
    if consent.revoked:
        return {}
    still = [to for to in recipients_served(consent) if not consent.revocation_for(to)]
    revoked = {to: unanswered_revocations(consent, to, consents) for to in still}
    return {to: others for to, others in revoked.items() if others}


def revoked_without_successor(
    name: str, consents: Sequence[Consent], is_in_force: Callable[[Consent], bool]
) -> Consent | None:
    """Returns the last revoked consent that names the recipient.

    None if there is none, or if a consent that names the recipient was given after every revocation and is in force.
    """
    naming = [consent for consent in consents if find_recipient(consent, name)]
    revocations = [(consent, back) for consent in naming if (back := consent.revocation_for(name))]
    if not revocations:
        return None
    later = [consent for consent in naming if not consent.revocation_for(name)]
    if any(is_in_force(each) and not any(_was_given_before(each, back) for _, back in revocations) for each in later):
        return None
    return max(revocations, key=lambda revoked: revoked[1].at)[0]


def _was_given_before(consent: Consent, revoked: Revoked) -> bool:
    """Whether the consent was signed on an earlier day than the revocation, or was recorded before it."""
    if consent.signed_on is None or consent.signed_on < revoked.at.date():
        return True
    if revoked.on_file is not None:  # two records may have been made in the same second
        return consent.id in revoked.on_file
    return consent.created_at <= revoked.at
