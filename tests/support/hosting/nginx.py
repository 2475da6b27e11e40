"""nginx as a child process of the tests, on a free port, with all its files in one folder.

``nginx(http, folder)`` is for any configuration; ``own_server`` and ``as_host`` make those that the
site is tested with.
"""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.support.machine import required

_HOST: Final = "127.0.0.1"
_MAIN: Final = """\
daemon off;
{user}
worker_processes 1;
pid nginx.pid;
error_log stderr warn;
events {{ }}
http {{
    access_log off;
    client_body_temp_path temporary;
    proxy_temp_path temporary;
    fastcgi_temp_path temporary;
    uwsgi_temp_path temporary;
    scgi_temp_path temporary;
{http}
}}
"""


# Started as root its workers would run as another user, who may not read a test's folder.
_USER: Final = "user root;" if os.geteuid() == 0 else ""


class NginxError(RuntimeError):
    """nginx refuses the configuration; the message is its own."""


@contextmanager
def nginx(http: Callable[[str], str], folder: Path) -> Iterator[str]:
    """Run nginx and yield its address, without a slash at the end.

    ``http`` returns what stands in the http block, given what to ``listen`` on; ``folder`` is empty
    and becomes nginx's own. The socket is open before nginx is: what is asked early waits for it.
    Raises ``NginxError``; skips the test where there is no nginx.
    """
    program = required("nginx-light")
    with socket.create_server((_HOST, 0)) as listening:
        address = f"{_HOST}:{listening.getsockname()[1]}"
        text = _MAIN.format(user=_USER, http=http(address))
        (folder / "nginx.conf").write_text(text, encoding="utf-8")
        inherited = (listening.fileno(),)
        command = [program, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"]
        environment = {**os.environ, "NGINX": f"{listening.fileno()};"}
        tried = subprocess.run(
            [*command, "-t"],
            env=environment,
            pass_fds=inherited,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if tried.returncode:
            raise NginxError(tried.stderr)
        server = subprocess.Popen(
            command, env=environment, pass_fds=inherited, stderr=subprocess.DEVNULL
        )
    try:
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def own_server(site: Path, plain: Path, keys: Path | None = None) -> Callable[[str], str]:
    """Return the configuration that a built site ships, with the owner's lines filled in.

    ``plain`` is where the server without HTTPS listens, a socket of its own. ``keys`` is a folder
    with a certificate and its key; without them the other server does without HTTPS too.
    """
    shipped = (site / "nginx.conf").read_text(encoding="utf-8")

    def filled(listen: str) -> str:
        text = shipped
        for theirs, ours, times in (
            ("listen 80;", f"listen unix:{plain};", 1),
            ("listen 443 ssl;", f"listen {listen}{' ssl' if keys else ''};", 1),
            ("server_name example.org;", "server_name _;", 2),
            ("ssl_certificate", "ssl_certificate" if keys else "# ssl_certificate", 2),
            ("/etc/letsencrypt/live/example.org/", f"{keys}/", 2),
            ("alias /var/www/client-checklist/;", f"alias {site}/;", 1),
        ):
            if text.count(theirs) != times:
                raise NginxError(f"the shipped configuration does not say `{theirs}` {times} times")
            text = text.replace(theirs, ours)
        return text

    return filled
