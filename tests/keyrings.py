"""A keyring as the optional library `keyring` gives it, without the library."""

import sys
from types import ModuleType, SimpleNamespace

import pytest


def backend(module: str, kept: dict[tuple[str, str], str]) -> object:
    """A back end of the keyring library as it is known there: by the module of its class."""

    class Keyring:
        def get_password(self, service: str, name: str) -> str | None:
            return kept.get((service, name))

        def set_password(self, service: str, name: str, word: str) -> None:
            kept[service, name] = word

        def delete_password(self, service: str, name: str) -> None:
            del kept[service, name]

    Keyring.__module__ = module
    return Keyring()


def fake_keyring(monkeypatch: pytest.MonkeyPatch, chosen: object) -> None:
    fake = ModuleType("keyring")
    fake.__dict__.update(get_keyring=lambda: chosen)
    monkeypatch.setitem(sys.modules, "keyring", fake)
    monkeypatch.setitem(sys.modules, "keyring.errors", SimpleNamespace(KeyringError=RuntimeError))
