"""Reads YAML so that every value stays the text that was written; no figure passes a float."""

import re
from pathlib import Path
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Lines(dict[str, Any]):
    """A mapping that knows the line on which it begins."""

    line: int = 0


class UnreadableError(ValueError):
    """The file cannot be read at all; the message is one line."""


class _TextLoader(_Base):  # type: ignore[misc]
    """Knows lists, mappings, null, true and false; all else is text."""

    yaml_implicit_resolvers: dict[str, Any] = {}
    yaml_constructors = {
        tag: _Base.yaml_constructors[tag]
        for tag in (*(f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "str", "seq")), None)
    }


_TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:~|null|)\Z"), ["~", "n", ""]
)
_TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), ["t", "f"]
)


def _mapping(loader: Any, node: yaml.MappingNode) -> Lines:
    lines = Lines()
    lines.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise _broken("a key must be text", key_node)
        if key in lines:
            raise _broken(f"the key “{key}” stands twice", key_node)
        lines[key] = loader.construct_object(value_node, deep=True)
    return lines


def _broken(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


_TextLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(path: Path) -> Any:
    """Read a YAML file. Raises UnreadableError where it is missing, no text or broken."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_TextLoader)
    except OSError as error:
        raise UnreadableError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise UnreadableError(f"{where}: broken YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise UnreadableError(f"{path}: broken YAML: {str(error).splitlines()[0]}") from error
