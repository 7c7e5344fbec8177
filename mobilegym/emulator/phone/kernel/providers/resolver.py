"""The content resolver: finds the provider of a URI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mobilegym.emulator.device import Content, Row, Value
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.database import Databases
from mobilegym.emulator.phone.kernel.files import FileSystem
from mobilegym.emulator.phone.kernel.providers.base import ContentUri, Provider
from mobilegym.emulator.phone.kernel.providers.calendars import CalendarProvider
from mobilegym.emulator.phone.kernel.providers.calls import CallLogProvider
from mobilegym.emulator.phone.kernel.providers.contacts import ContactsProvider
from mobilegym.emulator.phone.kernel.providers.contacts_content import ContactsContent
from mobilegym.emulator.phone.kernel.providers.media import MediaProvider
from mobilegym.emulator.phone.kernel.providers.small import BlockedNumbers, SettingsContent, UserDictionary
from mobilegym.emulator.phone.kernel.providers.sql import Query
from mobilegym.emulator.phone.kernel.providers.telephony import SmsProvider
from mobilegym.emulator.phone.kernel.providers.telephony_content import SmsContent
from mobilegym.emulator.phone.kernel.settings import SettingsStore
from mobilegym.errors import NotFound

__all__ = ["ContentResolver"]


class ContentResolver(Content):
    """All content providers, by URI for the device's interface and typed for apps.

    It has no state of its own: everything is in the databases, the settings and the files.

    Args:
        databases: Providers register their databases there.
        clock: The phone's time.
        settings: What `content://settings` shows.
        files: What `content://media` shows; its observer is to call `media.file_changed`.
    """

    def __init__(self, databases: Databases, clock: Clock, settings: SettingsStore, files: FileSystem) -> None:
        self.contacts = ContactsProvider(databases, clock)
        self.calls = CallLogProvider(databases, clock, self.contacts)
        self.sms = SmsProvider(databases, clock)
        self.calendar = CalendarProvider(databases, clock)
        self.media = MediaProvider(databases, clock, files)
        self.blocked = BlockedNumbers(databases)
        self._providers: dict[str, Provider] = {}
        for provider in (ContactsContent(self.contacts), self.calls, SmsContent(self.sms, clock), self.calendar, self.media, self.blocked,
                         UserDictionary(databases), SettingsContent(settings, self.blocked)):  # fmt: skip
            self.add(provider)

    def add(self, provider: Provider) -> None:
        """Let an app answer for its own authorities."""
        for authority in provider.authorities:
            self._providers[authority] = provider

    def authorities(self) -> list[str]:
        """Authorities that answer, sorted."""
        return sorted(self._providers)

    def query(
        self,
        uri: str,
        *,
        projection: Sequence[str] | None = None,
        where: str | None = None,
        args: Sequence[Value] = (),
        sort: str | None = None,
    ) -> list[Row]:
        parsed = ContentUri.parse(uri)
        return self._provider(parsed).query(parsed, Query(tuple(projection) if projection else None, where, tuple(args), sort))

    def insert(self, uri: str, values: Mapping[str, Value]) -> str:
        parsed = ContentUri.parse(uri)
        return self._provider(parsed).insert(parsed, values)

    def update(self, uri: str, values: Mapping[str, Value], *, where: str | None = None, args: Sequence[Value] = ()) -> int:
        parsed = ContentUri.parse(uri)
        return self._provider(parsed).update(parsed, values, Query(None, where, tuple(args)))

    def delete(self, uri: str, *, where: str | None = None, args: Sequence[Value] = ()) -> int:
        parsed = ContentUri.parse(uri)
        return self._provider(parsed).delete(parsed, Query(None, where, tuple(args)))

    def _provider(self, uri: ContentUri) -> Provider:
        provider = self._providers.get(uri.authority)
        if provider is None:
            raise NotFound(f"no content provider for `{uri.text}`; there are: {', '.join(self.authorities())}")
        return provider
