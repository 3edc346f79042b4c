"""Lays the files of a user's own set over those of the shipped set that it builds on.

The rule: a key in the user's file replaces the key of the shipped file, and everything else stays. Prompts and safety
concerns are replaced one by one, by their id; a new one goes to the end, or `after` another; `hide` leaves prompts out.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

BY_ID: Final = ("prompt", "concern")


def laid_over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the file of the shipped set with the changes of `own`. Both are parsed TOML; neither is modified.

    A value of the wrong type is taken over as it is, for the checks that follow to report.
    """
    in_a_stage = ("hide",) if "prompt" in base else ()
    merged = {**base, **{key: value for key, value in own.items() if key not in (*BY_ID, *in_a_stage)}}
    for key, value in own.items():
        if isinstance(value, dict) and isinstance(base_table := base.get(key), dict):
            merged[key] = {**base_table, **value}  # [focus_words]: by substance
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
    """Returns the items of `base`, changed by the items of `own` with the same id, and the other items of `own`.

    These come at the end, or after the item that their `after` names.
    """
    merged = {item["id"]: item for item in base}
    placed: dict[str, str] = {}  # the last item put after each id: two after the same id keep their order
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
    result: dict[str, dict[str, Any]] = {}
    for name, other in items.items():
        result[name] = other
        if name == after:
            result[item["id"]] = item
    return result
