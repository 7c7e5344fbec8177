"""Invented people. Numbers are from the ranges kept for fiction (555-0100 to 555-0199), mail goes to example domains."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

__all__ = ["Person", "phone_number", "sample_person"]

_FIRST = [
    "Amara",
    "Ingrid",
    "Mateo",
    "Yuki",
    "Priya",
    "Elena",
    "Tobias",
    "Leila",
    "Kofi",
    "Hanna",
    "Diego",
    "Mei",
    "Anton",
    "Zara",
    "Omar",
    "Freya",
    "Rafael",
    "Nadia",
    "Jonas",
    "Aiko",
    "Tariq",
    "Clara",
    "Emeka",
    "Sofia",
    "Viktor",
    "Lucia",
    "Ravi",
    "Marta",
    "Samuel",
    "Noor",
    "Petra",
    "Hugo",
    "Talia",
    "Andre",
    "Ines",
    "Kenji",
    "Maren",
    "Idris",
    "Paula",
    "Felix",
    "Gwen",
    "Arjun",
    "Bianca",
    "Stefan",
    "Ayla",
    "Curtis",
    "Dana",
    "Rosa",
    "Theo",
    "Wanda",
]
_LAST = [
    "Okafor",
    "Lindqvist",
    "Herrera",
    "Tanaka",
    "Raman",
    "Petrova",
    "Brandt",
    "Haddad",
    "Mensah",
    "Virtanen",
    "Castillo",
    "Zhao",
    "Novak",
    "Malik",
    "Farouk",
    "Solberg",
    "Duarte",
    "Rahimi",
    "Keller",
    "Mori",
    "Siddiqui",
    "Weiss",
    "Nwosu",
    "Ferrari",
    "Orlov",
    "Moreno",
    "Iyer",
    "Kowalski",
    "Whitaker",
    "Aziz",
    "Hoffman",
    "Laurent",
    "Stern",
    "Baptiste",
    "Salgado",
    "Ito",
    "Vogel",
    "Conteh",
    "Rossi",
    "Winter",
    "Parrish",
    "Mehta",
    "Greco",
    "Ilic",
    "Demir",
    "Holloway",
    "Fischer",
    "Delgado",
    "Ashby",
    "Kaplan",
]
_AREAS = (202, 212, 213, 303, 305, 312, 404, 415, 503, 512, 602, 617, 646, 702, 718, 773, 816, 919)


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    first: str
    last: str
    number: str
    """As one writes it: `212-555-0134`."""
    email: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def digits(self) -> str:
        """The number without hyphens."""
        return self.number.replace("-", "")


def phone_number(rng: Random) -> str:
    """A number that belongs to nobody."""
    return f"{rng.choice(_AREAS)}-555-01{rng.randrange(100):02d}"


def sample_person(rng: Random, taken: frozenset[str] | set[str]) -> Person:
    """A person none of whose names and numbers is in `taken`."""
    while True:
        first, last, number = rng.choice(_FIRST), rng.choice(_LAST), phone_number(rng)
        if not {first, last, number} & taken:
            domain = rng.choice(("example.com", "example.org"))
            return Person(first, last, number, f"{first.lower()}.{last.lower()}@{domain}")
