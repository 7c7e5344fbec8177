"""Words → strings: parameters, substitutions, splitting into fields, file names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mobilegym.emulator.phone.shell.sh.arithmetic import evaluate
from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.glob import expand_names
from mobilegym.emulator.phone.shell.sh.parameters import modified, plain_value
from mobilegym.emulator.phone.shell.sh.patterns import escape_pattern, has_magic
from mobilegym.emulator.phone.shell.sh.state import State
from mobilegym.emulator.phone.shell.sh.syntax import Arithmetic, Literal, Parameter, Substitution, Word

__all__ = ["expand_arithmetic", "expand_pattern", "expand_text", "expand_words"]

_MAX_FIELDS: Final = 65_536
_MAX_TEXT: Final = 32 * 1024 * 1024
_BLANK: Final = " \t\n"


class _Fields:
    """The fields of one word while it is expanded. A field is a list of texts, each quoted or not."""

    __slots__ = ("_blank", "_current", "_done", "_other", "_size", "splitting")

    def __init__(self, ifs: str, splitting: bool) -> None:
        self.splitting = splitting
        self._blank = "".join(char for char in ifs if char in _BLANK)
        self._other = "".join(char for char in ifs if char not in _BLANK)
        self._done: list[list[tuple[str, bool]]] = []
        self._current: list[tuple[str, bool]] | None = None
        self._size = 0

    def add(self, text: str, quoted: bool) -> None:
        """Text that is not split."""
        self._size += len(text)
        if self._size > _MAX_TEXT:
            raise ShellError("word too long")
        if self._current is None:
            if not text and not quoted:
                return
            self._current = []
        self._current.append((text, quoted))

    def cut(self, *, even_empty: bool = False) -> None:
        """The field ends here."""
        if self._current is None and not even_empty:
            return
        self._done.append(self._current or [])
        self._current = None
        if len(self._done) > _MAX_FIELDS:
            raise ShellError("too many words")

    def split(self, text: str) -> None:
        """The outcome of an unquoted expansion."""
        blank, other = self._blank, self._other
        if not self.splitting or not (blank or other):
            self.add(text, False)
            return
        if not other:
            self._split_at_blanks(text)
            return
        start = index = 0
        while index < len(text):
            char = text[index]
            if char not in blank and char not in other:
                index += 1
                continue
            if index > start:
                self.add(text[start:index], False)
            seen_other = False
            while index < len(text) and (text[index] in blank or (text[index] in other and not seen_other)):
                seen_other = seen_other or text[index] in other
                index += 1
            self.cut(even_empty=seen_other)
            start = index
        if start < len(text):
            self.add(text[start:], False)

    def _split_at_blanks(self, text: str) -> None:
        blank = self._blank
        if text and text[0] in blank:
            self.cut()
        # `str.split` splits at more than IFS says, unless IFS is the usual one and the text plain.
        if blank == _BLANK and text.isascii() and not any(char in text for char in "\r\v\f\x1c\x1d\x1e\x1f"):
            pieces = text.split()
        else:
            for char in blank[1:]:
                text = text.replace(char, blank[0])
            pieces = [piece for piece in text.split(blank[0]) if piece]
        for number, piece in enumerate(pieces):
            if number:
                self.cut()
            self.add(piece, False)
        if pieces and text[-1] in blank:
            self.cut()

    def finish(self) -> list[list[tuple[str, bool]]]:
        """All fields."""
        self.cut()
        return self._done


# ---------------------------------------------------------------------- entry points


async def expand_words(state: State, words: Sequence[Word]) -> list[str]:
    """The strings that words expand to.

    Raises:
        ShellError: An expansion fails.
    """
    out: list[str] = []
    size = 0
    for word in words:
        if word.literal is not None:
            out.append(word.literal)
            continue
        fields = _Fields(_ifs(state), splitting=True)
        await _add_word(state, fields, word)
        for field in fields.finish():
            text = "".join(text for text, _ in field)
            out.extend(await _file_names(state, field, text))
            size += len(text)
        if size > _MAX_TEXT or len(out) > _MAX_FIELDS:
            raise ShellError("Argument list too long")
    return out


async def expand_text(state: State, word: Word) -> str:
    """The one string that a word expands to where fields are not split: assignments, `case`, redirections."""
    if word.literal is not None:
        return word.literal
    fields = _Fields("", splitting=False)
    await _add_word(state, fields, word)
    return "".join(text for field in fields.finish() for text, _ in field)


async def expand_pattern(state: State, word: Word) -> str:
    """The pattern that a word expands to: what was quoted is escaped."""
    if word.literal is not None and not any(isinstance(part, Literal) and part.quoted for part in word.parts):
        return word.literal
    fields = _Fields("", splitting=False)
    await _add_word(state, fields, word)
    return "".join(escape_pattern(text) if quoted else text for field in fields.finish() for text, quoted in field)


async def expand_arithmetic(state: State, expression: Word) -> int:
    """The value of an arithmetic expression."""
    return evaluate(await expand_text(state, expression), state)


# ---------------------------------------------------------------------- parts


def _ifs(state: State) -> str:
    ifs = state.variables.values.get("IFS")
    return _BLANK if ifs is None else ifs


async def _file_names(state: State, field: list[tuple[str, bool]], text: str) -> list[str]:
    """The files that a field means, or the field itself."""
    if "f" in state.options or not any(not quoted and ("*" in part or "?" in part or "[" in part) for part, quoted in field):
        return [text]
    pattern = "".join(escape_pattern(part) if quoted else part for part, quoted in field)
    if not has_magic(pattern):
        return [text]
    state.session.flush()
    return await expand_names(state.system.files, pattern, state.cwd, state.uid) or [text]


async def _add_word(state: State, fields: _Fields, word: Word, *, splits_literals: bool = False) -> None:
    for index, part in enumerate(word.parts):
        match part:
            case Literal():
                text = part.text
                if not index and not part.quoted and text[:1] == "~":
                    text = _tilde(state, fields, text, alone=len(word.parts) == 1)
                if splits_literals and not part.quoted:
                    fields.split(text)
                else:
                    fields.add(text, part.quoted)
            case Parameter():
                await _add_parameter(state, fields, part)
            case Substitution():
                text = await state.substitute(part.script)
                _add_value(fields, text, part.quoted)
            case Arithmetic():
                _add_value(fields, str(await expand_arithmetic(state, part.expression)), part.quoted)


def _add_value(fields: _Fields, text: str, quoted: bool) -> None:
    if quoted:
        fields.add(text, True)
    else:
        fields.split(text)


def _tilde(state: State, fields: _Fields, text: str, *, alone: bool) -> str:
    user, slash, rest = text.partition("/")
    if not slash and not alone:
        return text
    home = {"~": state.get("HOME"), "~+": state.cwd, "~-": state.get("OLDPWD"), "~root": "/", "~shell": "/"}.get(user)
    if home is None:
        return text
    fields.add(home.rstrip("/") if slash else home, True)
    return slash + rest


async def _add_parameter(state: State, fields: _Fields, part: Parameter) -> None:
    value = await _looked_up(state, part)
    operator = part.operator
    if operator == "length":
        if isinstance(value, list):
            length = len(value)
        else:
            length = len(_checked(state, part, value))
        fields.add(str(length), part.quoted)
        return
    if operator and operator.lstrip(":") in ("-", "=", "+", "?"):
        default = _chooses_default(value, operator)
        if operator[-1] == "+":
            if not default:
                await _add_default(state, fields, part)
            elif part.quoted:
                fields.add("", True)
            return
        if default:
            await _use_default(state, fields, part)
            return
    elif operator:
        value = await _changed(state, part, value)
    if isinstance(value, list):
        _add_list(state, fields, part, value)
    else:
        _add_value(fields, _checked(state, part, value), part.quoted)


async def _looked_up(state: State, part: Parameter) -> str | list[str] | None:
    if part.operator == "bad":
        raise ShellError(f"{part.name}: bad substitution")
    if part.subscript is None:
        return plain_value(state, part.name)
    subscript = (await expand_text(state, part.subscript)).strip()
    if subscript in ("@", "*"):
        return list(state.variables.elements(part.name).values())
    return state.variables.element(part.name, evaluate(subscript, state))


def _checked(state: State, part: Parameter, value: str | list[str] | None) -> str:
    if isinstance(value, str):
        return value
    if "u" in state.options and value is None:
        raise ShellError(f"{part.name}: parameter not set")
    return ""


def _chooses_default(value: str | list[str] | None, operator: str) -> bool:
    if value is None or value == []:
        return True
    return operator[0] == ":" and (value == "" or value == [""])


async def _add_default(state: State, fields: _Fields, part: Parameter) -> None:
    word = part.words[0]
    if part.quoted and not word.parts:
        fields.add("", True)
    await _add_word(state, fields, word, splits_literals=not part.quoted)


async def _use_default(state: State, fields: _Fields, part: Parameter) -> None:
    kind = part.operator[-1]
    if kind == "-":
        await _add_default(state, fields, part)
        return
    text = await expand_text(state, part.words[0])
    if kind == "?":
        raise ShellError(f"{part.name}: {text or 'parameter null or not set'}")
    if not part.name[0].isidentifier():
        raise ShellError(f"{part.name}: can't assign")
    state.set(part.name, text)
    _add_value(fields, text, part.quoted)


async def _changed(state: State, part: Parameter, value: str | list[str] | None) -> str | list[str]:
    """The value with `#`, `%`, `/` or `:` applied, to each element of a list."""
    operator = part.operator
    if operator == ":":
        numbers = [await expand_arithmetic(state, word) for word in part.words]
        if isinstance(value, list) and part.name in "@*":
            value = [state.name, *value]
        subject = value if isinstance(value, list) else _checked(state, part, value)
        start = max(0, numbers[0] + len(subject) if numbers[0] < 0 else numbers[0])
        if len(numbers) < 2:
            return subject[start:]
        return subject[start : start + numbers[1]] if numbers[1] >= 0 else subject[start : max(start, len(subject) + numbers[1])]
    arguments: list[str] = []
    for index, word in enumerate(part.words):
        arguments.append(await (expand_text if index else expand_pattern)(state, word))
    if isinstance(value, list):
        return [modified(text, operator, arguments) for text in value]
    return modified(_checked(state, part, value), operator, arguments)


def _add_list(state: State, fields: _Fields, part: Parameter, values: list[str]) -> None:
    """`$@` and `$*`."""
    star = part.name == "*" or (part.subscript is not None and part.subscript.literal == "*")
    if part.quoted and star:
        ifs = state.variables.values.get("IFS")
        fields.add((" " if ifs is None else ifs[:1]).join(values), True)
        return
    for number, value in enumerate(values):
        if number:
            if fields.splitting:
                fields.cut(even_empty=part.quoted)
            else:
                fields.add(" ", part.quoted)
        _add_value(fields, value, part.quoted)
