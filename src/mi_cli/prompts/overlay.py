"""A set that builds on a shipped one.

One rule: what stands in its files replaces what the shipped set says there, and all else stays. Prompts and safety
concerns are taken one by one, by their id; `hide` leaves prompts out.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

BY_ID: Final = ("prompt", "concern")


def laid_over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A file of the shipped set with what `own` says. Both are as TOML gives them; neither is changed.

    What is not of the right kind is put in as it is, for the checks that follow.
    """
    in_a_stage = ("hide",) if "prompt" in base else ()
    merged = {**base, **{key: value for key, value in own.items() if key not in (*BY_ID, *in_a_stage)}}
    for key, value in own.items():
        if isinstance(value, dict) and isinstance(below := base.get(key), dict):
            merged[key] = {**below, **value}  # [focus_words]: by substance
    for key in BY_ID:
        if key in own:
            merged[key] = _by_id(base.get(key, ()), own[key]) if _has_ids(own[key]) else own[key]
    hidden = own.get("hide")
    if isinstance(hidden, list) and _has_ids(merged.get("prompt")):
        merged["prompt"] = [prompt for prompt in merged["prompt"] if prompt["id"] not in hidden]
    return merged


def _has_ids(items: Any) -> bool:
    return isinstance(items, list) and all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in items)


def _by_id(base: Iterable[dict[str, Any]], own: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The base's items, changed where an item of one's own has their id; the others at the end, or `after` an id."""
    merged = {item["id"]: item for item in base}
    placed: dict[str, str] = {}  # two that come after the same one keep the order of their file
    for item in own:
        changed = {**merged.get(item["id"], {}), **item}
        after = changed.pop("after", None)
        if isinstance(after, str) and after in merged and after != item["id"]:
            merged.pop(item["id"], None)
            merged = _inserted(merged, placed.get(after, after), changed)
            placed[after] = item["id"]
        else:
            merged[item["id"]] = changed
    return list(merged.values())


def _inserted(items: Mapping[str, dict[str, Any]], after: str, item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, other in items.items():
        found[name] = other
        if name == after:
            found[item["id"]] = item
    return found
