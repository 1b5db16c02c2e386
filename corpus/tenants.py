"""Libraries of many tenants: everybody reads the briefs and the house's documents, each tenant its own beside them.

Everything of a tenant lies under `tenants/<tenant>/` of the state directory, with an index of its own: no search, no
word count and no name of a document crosses from one tenant to another. The house's shelf is what `corpus add` fills.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from pathlib import Path

from corpus.documents.shelf import Added, Held, Shelf
from corpus.search import Library, open_library
from corpus.stores import DEFAULT, Stores, sweep
from tools.errors import InputError

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_OPEN = 16  # libraries of tenants held open at once


class Libraries:
    """The doors to the libraries of one state directory; may be used by many threads and processes.

    Args:
        home: the state directory.
        stores: where vectors are kept, and what makes them.
        house: the library of everybody, when it is open already.
        most: libraries of tenants held open at once; the one longest unused is let go.
    """

    def __init__(
        self, home: Path, stores: Stores = DEFAULT, *, house: Callable[[], Library] | None = None, most: int = _OPEN
    ) -> None:
        self._home, self._stores, self._most = home, stores, most
        self._house: Library | None = None
        self._open_house = house or (lambda: open_library(home, stores))
        self._opened: OrderedDict[str, Library] = OrderedDict()
        self._lock = threading.Lock()
        self._opening: dict[str, threading.Lock] = {}

    def library(self, tenant: str | None) -> Library:
        """What a tenant reads; the house's library where it has no documents, or no tenant is named.

        Raises:
            InputError: the tenant's name cannot be one, or the state directory cannot be written.
            ServiceError, DataError: as `open_library`.
        """
        if tenant is None or not self.shelf(tenant).held():
            return self._of_the_house()
        with self._lock:
            opening = self._opening.setdefault(tenant, threading.Lock())
        with opening:
            with self._lock:
                if (known := self._opened.get(tenant)) is not None:
                    self._opened.move_to_end(tenant)
                    return known
            library = open_library(self._root(tenant), self._stores, beside=(Shelf(self._home),))
            with self._lock:
                self._opened[tenant] = library
                while len(self._opened) > self._most:
                    self._opened.popitem(last=False)
            return library

    def shelf(self, tenant: str | None) -> Shelf:
        """A tenant's documents; the house's where no tenant is named.

        Raises:
            InputError: the tenant's name cannot be one.
        """
        return Shelf(self._home) if tenant is None else Shelf(self._root(tenant), mark=tenant)

    def add(self, tenant: str | None, name: str, data: bytes, today: date) -> Added:
        """Put a file on a tenant's shelf; one of the same name takes the place of the earlier.

        Args:
            name: the file's name; its ending says what it is.
            data: its bytes.
            today: the day it is added.

        Raises:
            InputError: the file cannot be read; one line says why.
        """
        return self.shelf(tenant).put(name, data, today)

    def held(self, tenant: str | None) -> tuple[Held, ...]:
        """The documents on a tenant's shelf."""
        return self.shelf(tenant).held()

    def remove(self, tenant: str | None, document: str) -> Held:
        """Take a document off a tenant's shelf.

        Raises:
            NotFound: the tenant has no document of that id.
        """
        return self.shelf(tenant).remove(document)

    def forget(self, tenant: str) -> int:
        """Delete a tenant's documents and index; how many documents went."""
        gone, root = len(self.held(tenant)), self._root(tenant)
        with self._lock:
            self._opened.pop(tenant, None)
        if self._stores.chroma_url and (root / "index").is_dir():
            sweep(root / "index", self._stores.chroma_url, set())
        shutil.rmtree(root, ignore_errors=True)
        return gone

    def _root(self, tenant: str) -> Path:
        if not _NAME.fullmatch(tenant):
            raise InputError("tenant", f"{tenant!r} is no name", "small letters, digits, - and _, at most 40")
        return self._home / "tenants" / tenant

    def _of_the_house(self) -> Library:
        with self._lock:
            if self._house is None:
                self._house = self._open_house()
            return self._house
