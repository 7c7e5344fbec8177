"""Variables of a shell: values, what is exported or read-only, and the locals of functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from mobilegym.emulator.phone.shell.sh.errors import ShellError

__all__ = ["Variables", "login_environment"]

_LOGIN: Final[Mapping[str, str]] = {
    "_": "/system/bin/sh", "ANDROID_ART_ROOT": "/apex/com.android.art", "ANDROID_ASSETS": "/system/app", "ANDROID_BOOTLOGO": "1",
    "ANDROID_DATA": "/data", "ANDROID_I18N_ROOT": "/apex/com.android.i18n", "ANDROID_ROOT": "/system",
    "ANDROID_STORAGE": "/storage", "ANDROID_TZDATA_ROOT": "/apex/com.android.tzdata", "ASEC_MOUNTPOINT": "/mnt/asec",
    "DOWNLOAD_CACHE": "/data/cache", "EXTERNAL_STORAGE": "/sdcard", "HOME": "/", "HOSTNAME": "emu64xa", "LOGNAME": "shell",
    "PATH": "/product/bin:/apex/com.android.runtime/bin:/apex/com.android.art/bin:/system_ext/bin:/system/bin:/system/xbin"
    ":/odm/bin:/vendor/bin:/vendor/xbin",
    "SHELL": "/bin/sh", "TMPDIR": "/data/local/tmp", "USER": "shell",
}  # fmt: skip
_MAX_VALUE: Final = 8 * 1024 * 1024
_MAX_TOTAL: Final = 64 * 1024 * 1024
_MAX_COUNT: Final = 100_000


def login_environment(uid: int) -> dict[str, str]:
    """What adbd gives the shells that it starts."""
    return {**_LOGIN, "USER": "root", "LOGNAME": "root"} if not uid else dict(_LOGIN)


class Variables:
    """Name → value. Of an array, the element 0 is the variable itself and the others stand in `arrays`."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.exported: set[str] = set()
        self.read_only: set[str] = set()
        self.integers: set[str] = set()
        self.arrays: dict[str, dict[int, str]] = {}
        self._scopes: list[dict[str, tuple[str | None, bool, dict[int, str] | None]]] = []
        self._size = 0

    def copy(self) -> Variables:
        """The same variables for a subshell."""
        copy = Variables()
        copy.values = self.values.copy()
        copy.exported = self.exported.copy()
        copy.read_only = self.read_only.copy()
        copy.integers = self.integers.copy()
        copy.arrays = {name: array.copy() for name, array in self.arrays.items()}
        copy._scopes = [scope.copy() for scope in self._scopes]
        copy._size = self._size
        return copy

    def environment(self) -> dict[str, str]:
        """What programs get to see."""
        values = self.values
        return {name: values[name] for name in self.exported if name in values}

    # ------------------------------------------------------------------ values

    def set(self, name: str, value: str) -> None:
        """Assign.

        Raises:
            ShellError: It is read-only, or too long.
        """
        if name in self.read_only:
            raise ShellError(f"read-only: {name}", 2)
        self._account(name, len(value) - len(self.values.get(name, "")))
        self.values[name] = value

    def set_element(self, name: str, index: int, value: str) -> None:
        """Assign one element of an array."""
        if not index:
            self.set(name, value)
            return
        if name in self.read_only:
            raise ShellError(f"read-only: {name}", 2)
        array = self.arrays.setdefault(name, {})
        if len(array) >= _MAX_COUNT:
            raise ShellError(f"{name}: array too long")
        self._account(name, len(value) - len(array.get(index, "")) + 16)
        array[index] = value

    def element(self, name: str, index: int) -> str | None:
        """One element of an array; None if there is none."""
        return self.values.get(name) if not index else self.arrays.get(name, {}).get(index)

    def elements(self, name: str) -> dict[int, str]:
        """All of an array, by index."""
        first = {0: self.values[name]} if name in self.values else {}
        return {**first, **dict(sorted(self.arrays.get(name, {}).items()))}

    def set_array(self, name: str, values: list[str]) -> None:
        """Replace a whole array."""
        self.unset(name)
        for index, value in enumerate(values):
            self.set_element(name, index, value)

    def unset(self, name: str) -> None:
        """Forget a variable.

        Raises:
            ShellError: It is read-only.
        """
        if name in self.read_only:
            raise ShellError(f"read-only: {name}", 2)
        self._size -= len(self.values.pop(name, ""))
        self._size -= sum(len(value) for value in self.arrays.pop(name, {}).values())
        self.exported.discard(name)
        self.integers.discard(name)

    def _account(self, name: str, growth: int) -> None:
        self._size += growth
        if growth > _MAX_VALUE or self._size > _MAX_TOTAL or len(self.values) > _MAX_COUNT:
            self._size -= growth
            raise ShellError(f"{name}: out of memory")

    # ------------------------------------------------------------------ locals

    @property
    def in_function(self) -> bool:
        """Whether `local` means something."""
        return bool(self._scopes)

    def enter(self) -> None:
        """A function begins."""
        self._scopes.append({})

    def leave(self) -> None:
        """A function ends: its locals become what they were before."""
        for name, (value, exported, array) in self._scopes.pop().items():
            self.read_only.discard(name)
            self.restore(name, value, exported=exported)
            self.arrays.pop(name, None)
            if array is not None:
                self.arrays[name] = array

    def local(self, name: str) -> None:
        """A variable belongs to the function that runs, until it ends."""
        scope = self._scopes[-1]
        if name not in scope:
            scope[name] = (self.values.get(name), name in self.exported, self.arrays.pop(name, None))

    def restore(self, name: str, value: str | None, *, exported: bool) -> None:
        """Put a variable back to what it was."""
        old = self.values.pop(name, None)
        self._size += len(value or "") - len(old or "")
        if value is not None:
            self.values[name] = value
        (self.exported.add if exported else self.exported.discard)(name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self.values, *self.arrays}))
