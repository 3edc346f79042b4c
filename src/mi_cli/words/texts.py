"""What the texts of a subject have in common: the shape is a class, and each language is one value of it."""

from typing import Any, NoReturn, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Texts:
    """The texts of a subject in one language. Type checkers see a frozen dataclass; its texts are given by name.

    It is no dataclass, because Python writes and compiles a constructor for each. For some hundred texts that takes as
    long as all else that a list does, and every command would wait for it.
    """

    def __init__(self, **texts: Any) -> None:
        """Keeps the texts. Raises TypeError where one is missing, or is none of the subject's."""
        kind = type(self)
        differ = kind.__annotations__.keys() ^ texts.keys()
        if wrong := sorted(name for name in differ if name in texts or not hasattr(kind, name)):
            raise TypeError(f"{kind.__name__}: {', '.join(wrong)}")
        self.__dict__.update(texts)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuses every change: texts are constants."""
        raise AttributeError(name)
