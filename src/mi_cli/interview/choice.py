"""Which prompt next: the place in each stage, and what comes when the counselor moves on."""

from mi_cli.prompts.model import Prompt, StageGuide
from mi_cli.records.session import Place


def entered(guide: StageGuide, place: Place | None) -> Place:
    """The place on coming into a stage: as it was left, or at its first prompt. Prompts since removed are passed."""
    seen = tuple(prompt_id for prompt_id in (place.seen if place else ()) if guide.prompt(prompt_id))
    if place is None or not seen:
        return forward(guide, Place(stage=guide.stage, seen=(), at=0))
    return place.but(seen=seen, at=min(place.at, len(seen)))


def forward(guide: StageGuide, place: Place) -> Place:
    """One on: a prompt seen before if the counselor had gone back, else the next not yet seen, else past the last."""
    if place.at + 1 < len(place.seen):
        return place.but(at=place.at + 1)
    unseen = next((prompt.id for prompt in guide.prompts if prompt.id not in place.seen), None)
    if unseen is None:
        return place.but(at=len(place.seen))
    return place.but(seen=(*place.seen, unseen), at=len(place.seen))


def back(place: Place) -> Place:
    """One back along what was seen; the first stays the first."""
    return place.but(at=max(place.at - 1, 0))


def used(place: Place, prompt: Prompt) -> Place:
    """That prompt, out of turn."""
    if prompt.id in place.seen:
        return place.but(at=place.seen.index(prompt.id))
    return place.but(seen=(*place.seen, prompt.id), at=len(place.seen))


def in_view(guide: StageGuide, place: Place) -> Prompt | None:
    """The prompt at that place; null past the last one."""
    return guide.prompt(place.seen[place.at]) if place.at < len(place.seen) else None
