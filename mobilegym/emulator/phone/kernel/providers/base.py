"""What a content provider is, and how a content URI reads."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote

from mobilegym.emulator.device import Row, Value
from mobilegym.emulator.phone.kernel.providers.sql import Query
from mobilegym.errors import NotFound

__all__ = ["ContentUri", "Provider"]

_SCHEME: Final = "content://"


class ContentUri(NamedTuple):
    """A content URI, taken apart."""

    text: str
    authority: str
    path: tuple[str, ...]
    """Segments, unquoted."""
    parameters: Mapping[str, str]

    @classmethod
    def parse(cls, uri: str) -> ContentUri:
        """Take a URI apart.

        Raises:
            NotFound: If it is no content URI.
        """
        if not uri.startswith(_SCHEME):
            raise NotFound(f"{uri!r} is no content URI: it must start with {_SCHEME!r}")
        rest, _, query = uri[len(_SCHEME) :].partition("?")
        authority, *path = rest.split("/")
        segments = tuple(unquote(part) for part in path if part)
        return cls(uri, authority.rpartition("@")[2], segments, dict(parse_qsl(query, keep_blank_values=True)))

    def id(self, place: int = -1) -> int:
        """The segment at `place` as a row id.

        Raises:
            NotFound: If it is no number.
        """
        text = self.path[place]
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            raise self.unknown()
        return int(text)

    def unknown(self) -> NotFound:
        """The error for a path that the provider does not have."""
        return NotFound(f"no content at `{self.text}`: the provider `{self.authority}` has no such path")


class Provider(ABC):
    """A content provider: answers for one or more authorities."""

    authorities: tuple[str, ...]

    @abstractmethod
    def query(self, uri: ContentUri, query: Query) -> list[Row]: ...
    @abstractmethod
    def insert(self, uri: ContentUri, values: Mapping[str, Value]) -> str:
        """Insert and return the new row's URI."""

    @abstractmethod
    def update(self, uri: ContentUri, values: Mapping[str, Value], query: Query) -> int: ...
    @abstractmethod
    def delete(self, uri: ContentUri, query: Query) -> int: ...
