"""The command line's door."""

import gettext
import os
from pathlib import Path


def main() -> None:
    """Runs the command asked for and exits: 0 done, 1 something to see to, 2 an error to mend, 130 interrupted."""
    _speak_french()
    from voices.cli.app import start

    start()


def _speak_french() -> None:
    # Click writes « Usage », « Missing option »… through gettext, in the language of the environment.
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
