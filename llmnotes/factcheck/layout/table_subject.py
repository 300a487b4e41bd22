"""What a name in a table denotes."""

from __future__ import annotations

from typing import NamedTuple


class TableSubject(NamedTuple):
    """The models that a name denotes.

    `kind` is `model`, `family`, `several` for a cell of several names, `line` for a name that may mean
    any family of a line, `any` for one that tables use of any of several models, `variants` for one that may
    mean the base or the post-trained model, `form` for one with more words than the model's, `preview`
    for one that says that it is a preview, or `tune` for an unknown model by the one that it was made of;
    `loose`
    marks the bare name of a line (`LLaMA`), which may also mean its later generations; `taken` is the origin
    of the name where no cell has it; `bare` marks a name that does not say whether the model is post-trained.
    """

    kind: str
    id: str
    models: tuple[str, ...]
    loose: bool = False
    taken: str = ""
    bare: bool = False

    @property
    def family_wide(self) -> bool:
        """Whether the name denotes several sizes."""
        return len(self.models) > 1
