"""`python -m ui` is the command line `auditor`."""

import sys

from ui.command_line import main

if __name__ == "__main__":
    sys.exit(main())
