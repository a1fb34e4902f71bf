"""The command line's door."""


def main() -> None:
    """Runs the command asked for and exits: 0 done, 1 something to see to, 2 an error to mend, 130 interrupted."""
    from voices.cli.app import start

    start()
