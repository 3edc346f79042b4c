"""Turns session, notes and plan of version 1, as 0.1.0 wrote them, into version 2.

What is new in version 2 is optional, with one exception: a step has an `id`, and `status` and `on` in place of
`done_on`. Therefore:

- In a plan, the id of each old step is made from the goal's id and the step's place (`step_id`). It is the same however
  often the file is read, and is kept once the plan is saved.
- Notes name whole steps too, in what is owed to the plan and in what undo takes back (`records.change`). They do not
  tell the place of a step, and the two files are saved at different times. So these steps are brought up without an id,
  and find theirs in the plan when the change is made (`Plan.with_changes`).
- `Goal.history` is kept as it is: it says what stood there.
- A progress line and an outcome without a day of agreement are not shared, as before.

These functions work on JSON values, and raise LookupError, TypeError, ValueError or AttributeError for what is no whole
document of version 1.
"""

import hashlib
from collections.abc import Collection
from typing import Any

from mi_cli.records.change import RecordPart
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH
from mi_cli.records.terms import StepStatus


def step_id(goal: str, place: int, taken: Collection[str] = ()) -> str:
    """Returns the id of a step that was written without one, from its goal and its place there, counted from 1.

    It is none of those that are `taken`.
    """
    made, base = "", len(ID_ALPHABET)
    while not made or made in taken:
        number = int.from_bytes(hashlib.sha256(f"{goal} {place}".encode()).digest(), "big")
        made = "".join(ID_ALPHABET[number // base**digit % base] for digit in range(ID_LENGTH))
        place += 1
    return made


def session_2(fields: dict[str, Any]) -> dict[str, Any]:
    """Returns a session of version 1 as version 2: nothing that stands in it changes."""
    return fields


def notes_2(fields: dict[str, Any]) -> dict[str, Any]:
    """Returns notes of version 1 as version 2: with the steps in what undo takes back, and in what is owed."""
    undo = [{**turn, "back": list(map(_change, turn["back"]))} for turn in fields.get("undo", ())]
    pending = [{**turn, "changes": list(map(_change, turn["changes"]))} for turn in fields.get("pending", ())]
    return {**fields, "undo": undo, "pending": pending}


def plan_2(fields: dict[str, Any]) -> dict[str, Any]:
    """Returns a plan of version 1 as version 2."""
    return {**fields, "goals": [_goal(goal) for goal in fields.get("goals", ())]}


def _goal(goal: dict[str, Any]) -> dict[str, Any]:
    steps: list[dict[str, Any]] = []
    for place, step in enumerate(goal.get("steps", ()), 1):
        steps.append({**_step(step), "id": step_id(goal["id"], place, [step["id"] for step in steps])})
    return {**goal, "steps": steps}


def _step(step: dict[str, Any]) -> dict[str, Any]:
    """Returns a step without an id."""
    kept = {field: value for field, value in step.items() if field != "done_on"}
    done_on = step.get("done_on")
    return {**kept, "status": StepStatus.OPEN if done_on is None else StepStatus.DONE, "on": done_on}


def _change(change: dict[str, Any]) -> dict[str, Any]:
    values = {name: change[name] for name in ("put", "drop") if change.get(name) is not None}
    match change["where"]:
        case RecordPart.GOAL:
            return {**change, **{name: _goal(value) for name, value in values.items()}}
        case RecordPart.GOAL_LIST if change.get("field") == "steps":
            return {**change, **{name: _step(value) for name, value in values.items()}}
        case _:
            return change
