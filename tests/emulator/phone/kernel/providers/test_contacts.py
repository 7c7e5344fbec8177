from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.kernel.providers import names
from mobilegym.emulator.phone.kernel.providers.contacts import ContactsProvider, Email, Phone
from mobilegym.errors import DeviceError, NotFound
from tests.emulator.phone.kernel.services import Services

URI = "content://com.android.contacts"
PHONE = "vnd.android.cursor.item/phone_v2"
NAME = "vnd.android.cursor.item/name"


@pytest.fixture
def services() -> Services:
    return Services()


@pytest.fixture
def contacts(services: Services) -> ContactsProvider:
    return services.content.contacts


def check_consistent(contacts: ContactsProvider) -> None:
    """What the provider derives agrees with the data rows."""
    db = contacts.db
    for row in db.query("SELECT * FROM contacts"):
        raw = db.one("SELECT * FROM raw_contacts WHERE _id = ?", (row["name_raw_contact_id"],))
        assert raw is not None
        assert raw["contact_id"] == row["_id"]
        phones = db.query(
            "SELECT d._id, d.data1 FROM view_data d WHERE contact_id = ? AND mimetype = ? AND data1 != ''", (row["_id"], PHONE)
        )
        assert row["has_phone_number"] == int(bool(phones))
        looked_up = db.query("SELECT data_id, normalized_number, min_match FROM phone_lookup WHERE raw_contact_id = ?", (raw["_id"],))
        assert {tuple(item) for item in looked_up} == {(i, names.normalized_number(n), names.min_match(n)) for i, n in phones}
        assert row["lookup"] == names.lookup_key(raw["_id"], raw["display_name"] or "")
    assert db.scalar("SELECT count(*) FROM contacts") == db.scalar("SELECT count(*) FROM raw_contacts")
    for table in ("data", "phone_lookup", "name_lookup"):
        assert db.scalar(f"SELECT count(*) FROM {table} WHERE raw_contact_id NOT IN (SELECT _id FROM raw_contacts)") == 0
    for table in ("visible_contacts", "default_directory"):
        assert db.scalar(f"SELECT count(*) FROM {table} WHERE _id NOT IN (SELECT _id FROM contacts)") == 0


def test_add_get_update_delete(contacts: ContactsProvider) -> None:
    added = contacts.add(
        "Dr. Ana Maria Ruiz",
        [Phone("212 555 0142", 3)],
        [Email("a@example.com", 2)],
        company="Ruiz & Co",
        job_title="Owner",
        address="1 Elm St",
        note="met in May",
        birthday="1990-05-04",
        nickname="An",
        website="example.com",
        starred=True,
        photo=b"png",
    )
    contact = contacts.get(added)
    assert (contact.name, contact.given, contact.family, contact.starred, contact.photo) == (
        "Dr. Ana Maria Ruiz",
        "Ana",
        "Ruiz",
        True,
        b"png",
    )
    assert (contact.phones, contact.emails) == ((Phone("212 555 0142", 3),), (Email("a@example.com", 2),))
    assert (contact.company, contact.job_title, contact.birthday, contact.note) == ("Ruiz & Co", "Owner", "1990-05-04", "met in May")
    assert contacts.photo(added) == b"png"
    contacts.update(added, given="Anna", family="Ruiz", phones=["911", "212-555-0143"], job_title="", note="", birthday="", photo=b"")
    contact = contacts.get(added)
    assert (contact.name, [phone.number for phone in contact.phones], contact.company) == (
        "Anna Ruiz",
        ["911", "212-555-0143"],
        "Ruiz & Co",
    )
    assert (contact.job_title, contact.note, contact.birthday, contact.photo, contact.emails[0].address) == (
        "",
        "",
        "",
        None,
        "a@example.com",
    )
    check_consistent(contacts)
    contacts.delete(added)
    check_consistent(contacts)
    for attempt in (
        lambda: contacts.get(added),
        lambda: contacts.delete(added),
        lambda: contacts.update(added, name="x"),
        lambda: contacts.set_starred(added, True),
    ):
        with pytest.raises(NotFound, match=r"no contact 1"):
            attempt()


def test_list_search_and_lookup(contacts: ContactsProvider) -> None:
    for name, number in (("zoe", "5550101"), ("Émile Zola", "+1 212 555 0102"), ("adam", ""), ("3M Shop", "22000"), ("Eve", "5550104")):
        contacts.add(name, [number] if number else [], [f"{name.split()[0].lower()}@example.com"] if name != "Eve" else [])
    assert [row.name for row in contacts.display_list()] == ["adam", "Émile Zola", "Eve", "zoe", "3M Shop"]
    assert [row.label for row in contacts.display_list()] == ["A", "E", "E", "Z", "#"]
    assert [row.name for row in contacts.display_list("z")] == ["Émile Zola", "zoe"]
    assert [row.name for row in contacts.display_list("555-01")] == ["Émile Zola", "Eve", "zoe"]
    assert [row.name for row in contacts.display_list("adam@")] == ["adam"]
    assert contacts.display_list("nobody") == []
    assert contacts.lookup("(212) 555-0102") == "Émile Zola"
    assert contacts.lookup("22000") == "3M Shop"
    assert contacts.lookup("122000") is None
    assert contacts.find("Eve") == [5]


def test_search_finds_companies_and_nicknames(contacts: ContactsProvider) -> None:
    contacts.add("Ann Bell", company="Tallow and Sons")
    contacts.add("Bo Reed", nickname="Tally")
    assert [row.name for row in contacts.display_list("tall")] == ["Ann Bell", "Bo Reed"]
    assert [row.name for row in contacts.display_list("Sons")] == ["Ann Bell"]
    assert contacts.display_list("allow") == []


def test_names_fall_back_to_what_there_is(contacts: ContactsProvider) -> None:
    shop = contacts.add("", ["5550101"], company="Corner Shop")
    assert contacts.get(shop).name == "Corner Shop"
    contacts.update(shop, company="")
    assert contacts.get(shop).name == "5550101"
    contacts.update(shop, phones=[], emails=["x@example.org"])
    assert contacts.get(shop).name == "x@example.org"
    contacts.update(shop, emails=[])
    assert contacts.get(shop).name == ""
    check_consistent(contacts)


def test_labels(contacts: ContactsProvider) -> None:
    ana, group = contacts.add("Ana"), contacts.add_group("Family")
    contacts.set_member(ana, group, True)
    contacts.set_member(ana, group, True)
    assert contacts.groups() == [(group, "Family", 1)]
    assert contacts.get(ana).groups == ("Family",)
    contacts.delete_group(group)
    assert contacts.get(ana).groups == ()


def test_adb_style_inserts(services: Services) -> None:
    content = services.content
    assert content.insert(f"{URI}/raw_contacts", {"account_type": "", "account_name": ""}) == f"{URI}/raw_contacts/1"
    content.insert(f"{URI}/data", {"raw_contact_id": 1, "mimetype": NAME, "data1": "Bob Low"})
    content.insert(f"{URI}/raw_contacts/1/data", {"mimetype": PHONE, "data1": "2125550199", "data2": 2})
    (row,) = content.query(f"{URI}/contacts", projection=["display_name", "has_phone_number", "display_name_alt"])
    assert row == {"display_name": "Bob Low", "has_phone_number": 1, "display_name_alt": "Low, Bob"}
    (row,) = content.query(f"{URI}/data/phones", projection=["display_name", "data1", "data4"], where="data2 = ?", args=("2",))
    assert row == {"display_name": "Bob Low", "data1": "2125550199", "data4": "+12125550199"}
    assert content.update(f"{URI}/data", {"data1": "2125550100", "data4": None}, where="mimetype = ?", args=(PHONE,)) == 1
    assert services.content.contacts.lookup("2125550100") == "Bob Low"
    assert services.content.contacts.lookup("2125550199") is None
    assert content.update(f"{URI}/contacts/1", {"starred": 1}) == 1
    assert content.query(f"{URI}/raw_contacts", projection=["starred"]) == [{"starred": 1}]
    assert content.delete(f"{URI}/data", where=f"mimetype = '{PHONE}'") == 1
    assert content.query(f"{URI}/contacts", projection=["has_phone_number"]) == [{"has_phone_number": 0}]
    check_consistent(services.content.contacts)
    assert content.delete(f"{URI}/raw_contacts") == 1
    assert content.query(f"{URI}/contacts") == []
    assert content.query(f"{URI}/deleted_contacts", projection=["contact_id"]) == [{"contact_id": 1}]


def test_every_path_answers(services: Services) -> None:
    content = services.content
    added = content.contacts.add("Ana Ruiz", ["2125550142"], ["ana@example.com"], address="1 Elm", starred=True, photo=b"x")
    group = content.insert(f"{URI}/groups", {"title": "Friends"})
    lookup = content.contacts.get(added).lookup
    for path, count in (
        ("contacts", 1),
        ("contacts/1", 1),
        ("contacts/2", 0),
        ("contacts/1/data", 5),
        ("contacts/1/photo", 1),
        (f"contacts/lookup/{lookup}", 1),
        (f"contacts/lookup/{lookup}/1", 1),
        (f"contacts/lookup/{lookup}/data", 5),
        ("contacts/filter/ru", 1),
        ("contacts/filter/x", 0),
        ("contacts/filter", 1),
        ("contacts/strequent", 1),
        ("raw_contacts", 1),
        ("raw_contacts/1", 1),
        ("raw_contacts/1/data", 5),
        ("raw_contacts/1/entity", 5),
        ("raw_contact_entities", 5),
        ("data", 5),
        ("data/1", 1),
        ("data/phones", 1),
        ("data/phones/filter/ana", 1),
        ("data/emails", 1),
        ("data/emails/lookup/ANA@example.com", 1),
        ("data/postals", 1),
        ("phone_lookup/%2B12125550142", 1),
        ("phone_lookup/999", 0),
        ("groups", 1),
        ("groups/1", 1),
        ("deleted_contacts", 0),
    ):
        assert len(content.query(f"{URI}/{path}")) == count, path
    assert content.query("content://contacts/phones/", projection=["name", "number"]) == [{"name": "Ana Ruiz", "number": "2125550142"}]
    assert content.delete(group) == 1
    for path in ("nothing", "contacts/x", "contacts/1/2/3", "data/phones/filter", "groups/1/2", "raw_contacts/1/x"):
        with pytest.raises(NotFound, match=r"no content at"):
            content.query(f"{URI}/{path}")


def test_mistakes_are_named(services: Services) -> None:
    content = services.content
    content.contacts.add("Ana", ["1"])
    with pytest.raises(DeviceError, match=r"'colour' in contacts"):
        content.update(f"{URI}/contacts", {"colour": 1})
    with pytest.raises(DeviceError, match=r"no such column: 'nme'"):
        content.query(f"{URI}/contacts", projection=["nme"])
    with pytest.raises(DeviceError, match=r"no such column: nme"):
        content.query(f"{URI}/contacts", where="nme = 1")
    with pytest.raises(DeviceError, match=r"needs a `mimetype`"):
        content.insert(f"{URI}/data", {"raw_contact_id": 1, "data1": "x"})
    with pytest.raises(DeviceError, match=r"no raw contact 9"):
        content.insert(f"{URI}/data", {"raw_contact_id": 9, "mimetype": PHONE, "data1": "x"})
    with pytest.raises(NotFound):
        content.insert(f"{URI}/contacts", {"starred": 1})


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "rename", "phones", "delete", "data", "drop", "star"]), st.integers(0, 5), TEXT, st.lists(TEXT, max_size=2)
    ),
    max_size=12,
)


@given(STEPS)
def test_whatever_happens_the_tables_agree(steps: list[tuple[str, int, str, list[str]]]) -> None:
    services = Services()
    contacts = services.content.contacts
    for name, number, text, several in steps:
        try:
            match name:
                case "add":
                    contacts.add(text, several)
                case "rename":
                    contacts.update(number, name=text)
                case "phones":
                    contacts.update(number, phones=several)
                case "delete":
                    contacts.delete(number)
                case "data":
                    services.content.insert(f"{URI}/data", {"raw_contact_id": number, "mimetype": NAME, "data2": text})
                case "drop":
                    services.content.delete(f"{URI}/data/{number}")
                case _:
                    contacts.set_starred(number, number % 2 == 0)
        except DeviceError:
            pass
        check_consistent(contacts)
    assert len(contacts.display_list()) == contacts.db.scalar("SELECT count(*) FROM contacts")


@given(TEXT)
def test_splitting_a_name_keeps_its_words(text: str) -> None:
    parts = names.split_name(text)
    assert sorted(" ".join(parts).split()) == sorted(text.replace(",", " ").split())
    assert names.bucket(text)[1] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ#"
