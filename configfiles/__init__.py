"""Files that people write, read strictly and replaced whole: a slip is answered with its line and its fix."""

from configfiles.replacing import alone_with, replace_file
from configfiles.strict import FileKind, read_strict
from configfiles.texts import compose, decode, line_of, parse_yaml, read_text

__all__ = [
    "FileKind",
    "alone_with",
    "compose",
    "decode",
    "line_of",
    "parse_yaml",
    "read_strict",
    "read_text",
    "replace_file",
]
