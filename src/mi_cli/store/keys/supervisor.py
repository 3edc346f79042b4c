"""The supervisor's key: P-256, as a JWK or PEM file, or as words on paper. A store has only its public half."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mi_cli.errors import Failed
from mi_cli.store.disk.codec import base64url, unpadded
from mi_cli.store.keys.keyfile import Jwk
from mi_cli.store.keys.passphrase import as_words, from_words
from mi_cli.words.said import said
from mi_cli.words.store import store_words

_CURVE: Final = "P-256"


@dataclass(frozen=True)
class PrivateKey:
    """A supervisor's private key: on the recovery sheet or in a file of the supervisor's, and never in a store."""

    jwk: Jwk = field(repr=False)

    @property
    def public(self) -> Jwk:
        """The public half, which a store keeps."""
        return {name: value for name, value in self.jwk.items() if name != "d"}

    @property
    def words(self) -> list[str]:
        """The key as 21 words, to be written on paper."""
        return as_words(unpadded(self.jwk["d"]))


def generate() -> PrivateKey:
    """Returns a new key."""
    from joserfc.jwk import ECKey

    return PrivateKey(_with_thumbprint(ECKey.generate_key(_CURVE, private=True).as_dict(private=True)))


def load_private(text: str) -> PrivateKey:
    """Returns the private key in a JWK, a PEM or the words of a sheet. Raises Failed."""
    if text.lstrip().startswith(("{", "-----BEGIN")):
        jwk = _imported(text, private=True)
        if "d" not in jwk:
            raise Failed(
                said(store_words, lambda words: words.public_half),
                said(store_words, lambda words: words.private_half_opens),
            )
        return PrivateKey(jwk)
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        secret = from_words(text)
        numbers = ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1()).public_key().public_numbers()
    except ValueError as error:
        raise Failed(
            said(store_words, lambda words: words.sheet_not_read, why=str(error)),
            said(store_words, lambda words: words.rows_of_words),
        ) from None
    x, y = (base64url(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    return PrivateKey(_with_thumbprint({"kty": "EC", "crv": _CURVE, "x": x, "y": y, "d": base64url(secret)}))


def load_public(text: str) -> Jwk:
    """Returns the public key in a JWK or a PEM. Raises Failed."""
    return {name: value for name, value in _imported(text, private=False).items() if name != "d"}


def short_id(jwk: Mapping[str, str]) -> str:
    """Returns the beginning of a key's `kid`, by which a person tells one sheet from another."""
    return jwk["kid"][:6]


def _imported(text: str, *, private: bool) -> Jwk:
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey

    try:
        key = ECKey.import_key(text if text.lstrip().startswith("-") else _json(text))
        jwk = key.as_dict(private=private and key.is_private)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        raise Failed(
            said(store_words, lambda words: words.no_such_key), said(store_words, lambda words: words.what_is_a_key)
        ) from None
    if jwk.get("crv") != _CURVE:
        raise Failed(
            said(store_words, lambda words: words.no_such_key), said(store_words, lambda words: words.what_is_a_key)
        )
    return _with_thumbprint({name: value for name, value in jwk.items() if name in ("kty", "crv", "x", "y", "d")})


def _json(text: str) -> Jwk:
    import json

    document = json.loads(text)
    if not isinstance(document, dict):
        raise TypeError("no object")
    return document


def _with_thumbprint(jwk: Jwk) -> Jwk:
    """Returns the key with its thumbprint (RFC 7638) as `kid`, which ties the sheet to `keys.json`."""
    from joserfc.jwk import ECKey

    return {**jwk, "kid": ECKey.import_key(jwk).thumbprint()}
