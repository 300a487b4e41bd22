"""A repository of the Hugging Face hub, through `huggingface_hub`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.ingest.formats.huggingface import read_model
from llmnotes.ingest.raw import Contents, RawClaim, Remarks
from llmnotes.ingest.sources import source_row

_REPOSITORY = re.compile(r"([\w.-]{1,96}/[\w.-]{1,96}|[\w.-]{1,96})(?:@([\w./-]{1,200}))?$")
_FILES = ("config.json", "README.md", "model.safetensors.index.json")


def read_hub(text: str) -> Contents:
    """The model of `organization/name[@revision]`: its config, card and parameter count.

    Raises `InputError` where the repository cannot be had; what came from the cache because the hub
    did not answer is said so in its notices, with commit and age.
    """
    matched = _REPOSITORY.match(text)
    if matched is None:
        raise InputError(
            f"hf:{text[:80]}: write hf:organization/name or hf:organization/name@revision"
        )
    repository, revision = matched[1], matched[2] or "main"
    try:
        import huggingface_hub
    except ImportError as error:
        raise InputError(
            "hf: needs huggingface_hub; install it with `pip install 'llmnotes[hub]'`"
        ) from error
    remarks = Remarks()
    paths, cached = _download(huggingface_hub, repository, revision, remarks)
    config = paths["config.json"]
    commit = _commit(config)
    url = f"https://huggingface.co/{repository}"
    contents = read_model(
        repository, config, config.parent, remarks, url=url,
        copy=f"{repository}@{commit}" if commit else None,
        publisher=repository.partition("/")[0] if "/" in repository else None,
    )  # fmt: skip
    model = next(iter(contents.models))
    model.claims += _counted(huggingface_hub, repository, commit or revision, remarks, cached)
    contents.models = [model]
    contents.format = "hub"
    if cached:
        contents.notices.append(_stale(config, repository, commit))
    elif commit:
        contents.notices.append(f"{repository} at commit {commit[:12]}")
    return contents


def _download(
    hub: Any, repository: str, revision: str, remarks: Remarks
) -> tuple[dict[str, Path], bool]:
    """The files that are there, and whether they come from the cache for want of an answer."""
    found: dict[str, Path] = {}
    cached = False
    for name in _FILES:
        try:
            found[name] = Path(hub.hf_hub_download(repository, name, revision=revision))
            cached = cached or _is_offline(hub, repository, name, revision)
        except hub.errors.GatedRepoError as error:
            raise InputError(
                f"hf:{repository}: access is gated; accept its terms on the hub and log in with "
                "`hf auth login`"
            ) from error
        except hub.errors.RepositoryNotFoundError as error:
            raise InputError(
                f"hf:{repository}: there is no such repository (or no access)"
            ) from error
        except hub.errors.RevisionNotFoundError as error:
            raise InputError(f"hf:{repository}: there is no revision {revision!r}") from error
        except hub.errors.EntryNotFoundError as error:
            if name == "config.json":
                if isinstance(error, hub.errors.LocalEntryNotFoundError):
                    raise InputError(
                        f"hf:{repository}: the hub cannot be reached, and nothing of it is cached"
                    ) from error
                raise InputError(f"hf:{repository}: no config.json in it") from error
        except (OSError, ValueError, hub.errors.HfHubHTTPError) as error:
            raise InputError(f"hf:{repository}: {str(error).splitlines()[0][:200]}") from error
    return found, cached


def _is_offline(hub: Any, repository: str, name: str, revision: str) -> bool:
    """Whether the hub does not answer for a file that the cache had."""
    if re.fullmatch(r"[0-9a-f]{40}", revision):
        return False  # a commit never changes: its cached file is as good as the hub's
    try:
        hub.get_hf_file_metadata(hub.hf_hub_url(repository, name, revision=revision))
    except Exception:
        return True
    return False


def _commit(path: Path) -> str | None:
    """The commit that a cached file belongs to: the folder of its snapshot."""
    parts = path.parts
    if "snapshots" in parts:
        return parts[parts.index("snapshots") + 1]
    return None


def _stale(config: Path, repository: str, commit: str | None) -> str:
    age = datetime.now(UTC) - datetime.fromtimestamp(config.stat().st_mtime, UTC)
    days = age.days
    old = f"{days} days" if days else f"{int(age.total_seconds() // 3600)} hours"
    return (
        f"the hub did not answer: {repository} was taken from the cache, commit "
        f"{(commit or 'unknown')[:12]}, fetched {old} ago"
    )


def _counted(
    hub: Any, repository: str, revision: str, remarks: Remarks, cached: bool
) -> list[RawClaim]:
    """The exact parameter count that the weights' headers on the hub give."""
    if cached:
        remarks.leave_out("the parameter count of the weights: the hub did not answer", repository)
        return []
    try:
        metadata = hub.get_safetensors_metadata(repository, revision=revision)
    except Exception as error:
        remarks.leave_out(
            "no safetensors metadata", f"{repository}: {str(error).splitlines()[0][:80]}"
        )
        return []
    from llmnotes.ingest.weights import weight_claims
    from llmnotes.model_files.parameters import count_stored
    from llmnotes.model_files.safetensors import Tensor

    tensors = {
        name: Tensor(tensor.dtype, tuple(tensor.shape))
        for part in metadata.files_metadata.values()
        for name, tensor in part.tensors.items()
    }
    url = f"https://huggingface.co/{repository}"
    row = source_row(
        f"weights-{repository.lower().replace('/', '-')}", f"weights of {repository}",
        kind="checkpoint", url=url, copy=f"{repository}@{revision}",
    )  # fmt: skip
    found = list(weight_claims(count_stored(tensors, "safetensors metadata"), remarks))
    for item in found:
        item.source = row
    return found
