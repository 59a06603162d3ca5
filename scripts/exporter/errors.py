"""The error a user can mend."""


class ExportError(Exception):
    """One line: what, where, found, expected, next step. Shown without a stack trace."""
