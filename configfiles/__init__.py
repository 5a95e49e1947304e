"""Files that people write, read strictly: a slip is answered with its line and its fix."""

from configfiles.strict import FileKind, read_strict

__all__ = ["FileKind", "read_strict"]
