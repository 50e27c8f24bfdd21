"""``jixiao mcp``: the tools over standard input and output."""

from __future__ import annotations

import sys
import threading

from assistant.service import Assistant
from ui.server.access_log import AccessLog
from ui.server.accounts import Role
from ui.server.api.operations import Operations
from ui.server.guard import Guard, Guarded
from ui.server.tools import mcp_server
from ui.server.visitor import Visitor


def run(assistant: Assistant) -> None:
    """Serve until standard input ends. Who starts the command may read the store anyway."""
    local = Visitor(None, Role.READER, "local", "en", "mcp")
    guard = Guard(lambda: local, AccessLog(assistant.store.folder), None, None)
    server = mcp_server(Operations(Guarded(assistant, guard)))
    threading.Thread(target=assistant.warm_up, daemon=True).start()
    server.run("stdio")
    sys.stdout.flush()
