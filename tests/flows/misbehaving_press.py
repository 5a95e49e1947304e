"""A made-up outlet on loopback, with its outlet file: feed and articles carry its own host name."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bad_server import BadServer, Connection, Request


class OwnName(Connection):
    """A connection on which every ``press.test`` is the server's own host, which is as long."""

    def send(self, data: bytes) -> None:
        for encoding in ("ascii", "utf-16-le"):
            data = data.replace("press.test".encode(encoding), self.server.name.encode(encoding))
        self.sock.sendall(data)


@dataclass
class OutletServer(BadServer):
    """A server of misbehaviours that also has a page for every address below ``/news/``."""

    def let_go(self) -> None:
        """End every connection, and each new one at once."""
        self.release.set()
        for sock in list(self._open):
            with suppress(OSError):  # closed already
                sock.shutdown(socket.SHUT_RDWR)

    def _play(self, connection: Connection, request: Request) -> None:
        own = OwnName(connection.sock, self)
        path = request.path.removeprefix("/")
        if self.release.is_set():
            own.hang_up()
        elif path.startswith("news/") and path not in self.pages:
            own.answer(article(path.partition("/")[2]), headers=[("Content-Type", "text/html; charset=utf-8")])
        else:
            super()._play(own, request)


def article(number: str) -> bytes:
    """Return a page with an article that names the base of ``watch_list``; ``number`` makes it another."""
    return (
        "<!DOCTYPE html><html lang='ru'><head><meta charset='utf-8'><title>Вестник перевала</title></head><body>"
        f"<h1>Учения у перевала завершены, выпуск {number}</h1><div class='body'>"
        "<p>По данным ведомства, пограничники двух стран вернулись в места постоянной службы.</p>"
        f"<p>Жители кишлака видели колонну из {number} машин. Рядом стоит 201-я военная база.</p>"
        "</div></body></html>"
    ).encode()


def outlet_file(server: BadServer, path: str, *, timeout_seconds: float = 20) -> str:
    """Return the outlet file of a server whose feed is at ``path``."""
    home = f"{'https' if server.tls else 'http'}://{server.name}"
    return f"""\
title: Вестник перевала
country: TJ
languages: [ru, tg, zh]
url: "{home}/"
timezone: UTC
sources:
  - {{kind: feed, url: "{home}/{path}"}}
article: {{url: '^https?://[cn][0-9]+[.]test/news/', title: h1, body: div.body}}
fetch: {{every_minutes: 30, timeout_seconds: {timeout_seconds}, min_delay_seconds: 0}}
"""


def watch_list(folder: Path) -> Path:
    """Write a list with one entity, which every article names, and return its path."""
    path = folder / "lists" / "bases.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "title: Bases\nentities:\n  - id: base-201\n    schema: Organization\n    caption: 201st Military Base\n"
        "    name: {ru: [201-я военная база]}\n",
        encoding="utf-8",
    )
    return path.parent
