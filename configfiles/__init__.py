"""Files that people write, read strictly: a slip is answered with its line and its fix."""

from configfiles.strict import FileKind, read_strict
from configfiles.texts import compose, decode, line_of, parse_yaml, read_text

__all__ = ["FileKind", "compose", "decode", "line_of", "parse_yaml", "read_strict", "read_text"]
