"""Consents in the store."""

from mi_cli.errors import Damaged, Failed
from mi_cli.records.consent import Consent, Revoked
from mi_cli.store import atomic
from mi_cli.store.files import JsonStore
from mi_cli.store.layout import SessionRef
from mi_cli.store.ledger import sharing_locked
from mi_cli.store.log import What, known


def consents(store: JsonStore, client: str, damaged: list[Damaged] | None = None) -> list[Consent]:
    """A client's consents, newest first.

    One that cannot be read is put into `damaged`; without it, Damaged is raised. So is one that is older than the log
    says: a sync or somebody put it there, and it may have been taken back since.
    """
    found = []
    logged = known(store.layout)
    for ref in store.layout.dated("consents", [client], damaged):
        try:
            one = consent(store, ref)
            shown = store.layout.shown(store.layout.consent(ref))
            if shown in logged and one.revision < logged[shown].revision:
                raise Damaged(shown, "an older version is in its place, and this consent was changed since")
            found.append(one)
        except Damaged as error:
            if damaged is None:
                raise
            damaged.append(error)
    return found


def consent(store: JsonStore, ref: SessionRef) -> Consent:
    """A consent. Raises Damaged."""
    path = store.layout.consent(ref)
    found = store.load(path, Consent)
    if (found.id, found.client) != (ref.id, ref.client):
        raise Damaged(store.layout.shown(path), "it is another consent")
    return found


def add_consent(store: JsonStore, added: Consent) -> None:
    """Record a consent. Raises Failed when the client is gone; InUse, SaveFailed."""
    ref = SessionRef.made(added.client, added.created_at, added.id)
    with store.locked_codes(), sharing_locked(store, added.client):
        store.require_client(added.client)
        atomic.make_folder(store.layout.consent(ref).parent)
        store.save(store.layout.consent(ref), added)
        store.note(What.CONSENT_RECORDED, added.client, added.id)


def revoke(store: JsonStore, ref: SessionRef, how: str) -> Consent:
    """Take a consent back, now: nothing more goes out under it. Raises Failed when it was before; InUse, SaveFailed."""
    with sharing_locked(store, ref.client):
        found = consent(store, ref)
        if found.revoked:
            raise Failed(f"It was taken back on {found.revoked.at:%Y-%m-%d}.", "Nothing more goes out under it.")
        revoked = store.next(found.but(revoked=Revoked(at=store.now(), how=how, recorded_by=store.who)))
        store.save(store.layout.consent(ref), revoked)
        store.note(What.CONSENT_TAKEN_BACK, ref.client, ref.id)
        return revoked
