"""What can be wrong with an export, in one line a user can act on."""


class ExportError(Exception):
    """The export cannot be made; the message names the cause and the remedy in one line."""
