"""``python -m yui.config.cli`` is ``yui``."""

import sys

from yui.config.cli import main

sys.exit(main())
