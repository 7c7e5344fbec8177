from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.kernel.providers.telephony import Attachment, SmsProvider
from mobilegym.errors import DeviceError, NotFound
from tests.emulator.phone.kernel.services import Services


@pytest.fixture
def services() -> Services:
    return Services()


@pytest.fixture
def sms(services: Services) -> SmsProvider:
    return services.content.sms


def check_consistent(sms: SmsProvider) -> None:
    """Threads agree with their messages."""
    db = sms.db
    for row in db.query("SELECT * FROM threads"):
        messages = sms.thread(row["_id"])
        assert row["message_count"] == len(messages)
        assert row["read"] == int(all(message.read for message in messages))
        assert messages or sms.draft(row["_id"])
        if messages and not sms.draft(row["_id"]):
            assert (row["snippet"] or "", row["date"]) == (messages[-1].body, messages[-1].date_ms)
        assert sms.addresses(row["_id"])
    assert db.scalar("SELECT count(*) FROM sms WHERE thread_id NOT IN (SELECT _id FROM threads)") == 0
    assert sum(item.unread for item in sms.conversations() + sms.conversations(archived=True)) == sms.unread_count()


def test_messages_of_one_person_share_a_thread(services: Services, sms: SmsProvider) -> None:
    received = sms.store("+12125550142", "hello", "inbox", 1000)
    sms.store("(212) 555-0142", "hi", "sent", 2000)
    sms.store("BANK", "code", "inbox", 1500)
    first, second = sms.conversations()
    assert (first.addresses, first.snippet, first.unread, first.message_count, first.date_ms) == (("+12125550142",), "hi", 1, 2, 2000)
    assert second.addresses == ("BANK",)
    assert [(message.body, message.box, message.read) for message in sms.thread(first.thread_id)] == [
        ("hello", "inbox", False),
        ("hi", "sent", True),
    ]
    assert sms.find_thread(["212-555-0142"]) == first.thread_id
    assert sms.find_thread(["999"]) is None
    assert sms.unread_count() == 2
    assert sms.mark_read(first.thread_id) == 1
    assert sms.mark_read(first.thread_id) == 0
    assert sms.mark_read(first.thread_id, False) == 1
    assert [message.body for message in sms.search("HELL")] == ["hello"]
    sms.set_archived(second.thread_id, True)
    assert [item.addresses for item in sms.conversations(archived=True)] == [("BANK",)]
    sms.delete_message(received)
    check_consistent(sms)
    assert sms.delete_thread(first.thread_id) == 1
    assert sms.conversations() == []
    for attempt in (lambda: sms.get(received), lambda: sms.delete_message(received), lambda: sms.addresses(99)):
        with pytest.raises(NotFound):
            attempt()
    with pytest.raises(DeviceError, match=r"address"):
        sms.store(" ", "x", "sent")
    check_consistent(sms)
    assert services.content.query("content://sms") == services.content.query("content://sms/inbox")


def test_drafts_and_sending(sms: SmsProvider) -> None:
    thread = sms.save_draft(["5550101"], "half")
    assert (sms.draft(thread), sms.thread(thread)) == ("half", [])
    (conversation,) = sms.conversations()
    assert (conversation.has_draft, conversation.snippet, conversation.message_count) == (True, "half", 0)
    sms.save_draft(["5550101"], "")
    assert sms.conversations() == []
    queued = sms.store("5550101", "go", "queued")
    sms.set_box(queued, "sent", status=0)
    assert sms.get(queued).box == "sent"
    check_consistent(sms)


def test_groups_and_pictures(sms: SmsProvider) -> None:
    people = ["5550101", "5550102"]
    sent = sms.store_mms(people, "look", "sent", 5000, attachments=[Attachment("image/jpeg", "/sdcard/DCIM/a.jpg")])
    sms.store_mms(people, "nice", "inbox", 6000, sender="5550102")
    (conversation,) = sms.conversations()
    assert conversation.addresses == ("5550101", "5550102")
    first, second = sms.thread(conversation.thread_id)
    assert (first.attachments, first.body, first.mms) == ((Attachment("image/jpeg", "/sdcard/DCIM/a.jpg"),), "look", True)
    assert (second.address, second.read) == ("5550102", False)
    sms.delete_message(sent, mms=True)
    assert sms.db.scalar("SELECT count(*) FROM part") == 1
    assert sms.mark_read(conversation.thread_id) == 1
    check_consistent(sms)


def test_sms_as_content(services: Services, sms: SmsProvider) -> None:
    content = services.content
    uri = content.insert("content://sms/inbox", {"address": "5550101", "body": "hello; it's -- me", "date": 1000})
    content.insert("content://sms/sent", {"address": "5550101", "body": "yes", "date": 2000})
    content.insert("content://sms", {"address": "5550102", "body": "typed", "type": 5, "date": 500})
    assert uri == "content://sms/1"
    for where, count in (
        ("sms", 3),
        ("sms/inbox", 1),
        ("sms/sent", 1),
        ("sms/failed", 1),
        ("sms/undelivered", 1),
        ("sms/1", 1),
        ("sms/inbox/1", 1),
        ("sms/sent/1", 0),
        ("sms/conversations", 2),
        ("sms/conversations/1", 1),
        ("mms", 0),
        ("mms/part", 0),
        ("mms/inbox", 0),
        ("mms-sms/conversations", 2),
        ("mms-sms/conversations?simple=true", 2),
        ("mms-sms/conversations/1", 2),
        ("mms-sms/threads", 2),
        ("mms-sms/canonical-addresses", 2),
        ("mms-sms/canonical-address/1", 1),
        ("mms-sms/threadID?recipient=5550101", 1),
        ("mms-sms/undelivered", 1),
    ):
        assert len(content.query(f"content://{where}")) == count, where
    row = content.query("content://sms/inbox", projection=["read", "seen", "type", "thread_id", "status"])
    assert row == [{"read": 0, "seen": 0, "type": 1, "thread_id": 1, "status": -1}]
    assert list(content.query("content://sms/1")[0])[:4] == ["_id", "thread_id", "address", "person"]
    assert content.query("content://mms-sms/conversations?simple=true", projection=["snippet"], sort="date DESC LIMIT 1") == [
        {"snippet": "yes"}
    ]
    assert content.update("content://sms/inbox", {"read": 1}, where="address = '5550101'") == 1
    check_consistent(sms)
    assert content.update("content://mms-sms/conversations/1", {"body": "changed"}) == 2
    assert content.update("content://mms-sms/threads", {"archived": 1}, where="_id = 2") == 1
    assert content.delete("content://sms", where="body = ?", args=("changed",)) == 2
    assert content.delete("content://mms-sms/conversations/2") == 1
    check_consistent(sms)
    for bad in ("content://sms/nowhere", "content://sms/1/2/3", "content://mms-sms/x", "content://mms/1/x"):
        with pytest.raises(NotFound):
            content.query(bad)
    with pytest.raises(NotFound):
        content.insert("content://mms", {"sub": "x"})


STEPS = st.lists(
    st.tuples(st.sampled_from(["in", "out", "draft", "read", "unread", "delete", "thread", "type", "mms"]), st.integers(1, 6)), max_size=20
)


@given(STEPS)
def test_whatever_happens_threads_agree(steps: list[tuple[str, int]]) -> None:
    services = Services()
    sms = services.content.sms
    for place, (name, number) in enumerate(steps):
        address = f"555010{number % 3}"
        services.clock.advance_to(services.clock.now_ms + 1000)
        try:
            match name:
                case "in":
                    sms.store(address, f"text {place}", "inbox")
                case "out":
                    sms.store(f"+1 212 {address}", f"text {place}", "sent")
                case "draft":
                    sms.save_draft([address], "draft" if place % 2 else "")
                case "read" | "unread":
                    sms.mark_read(number, name == "read")
                case "delete":
                    sms.delete_message(number)
                case "thread":
                    sms.delete_thread(number)
                case "type":
                    services.content.update(f"content://sms/{number}", {"type": number, "thread_id": sms.thread_for(["5550109"])})
                case _:
                    sms.store_mms([address, "5550107"], "group", "inbox")
        except NotFound:
            pass
        sms.db.execute("DELETE FROM threads WHERE message_count = 0 AND _id NOT IN (SELECT thread_id FROM sms)")
        check_consistent(sms)


def test_call_log(services: Services) -> None:
    content, calls = services.content, services.content.calls
    content.contacts.add("Ana Ruiz", ["+1 212 555 0142"])
    missed = calls.add("2125550142", "missed")
    services.clock.advance_to(services.clock.now_ms + 1000)
    calls.add("5550177", "outgoing", duration_s=65)
    last, first = calls.recent()
    assert (first.name, first.kind, first.new, first.contact_id) == ("Ana Ruiz", "missed", True, 1)
    assert (last.name, last.duration_s, last.new) == (None, 65, False)
    content.contacts.update(1, name="Ana Low")
    assert calls.recent(kind="missed")[0].name == "Ana Low"
    assert len(calls.of_number("(212) 555-0142")) == 1
    assert (calls.missed_count(), calls.mark_seen(), calls.missed_count()) == (1, 1, 0)
    (row,) = content.query("content://call_log/calls", projection=["name", "numbertype", "countryiso"], where="type = 3")
    assert row == {"name": "Ana Ruiz", "numbertype": 2, "countryiso": "US"}
    uri = content.insert("content://call_log/calls", {"number": "5550188", "type": 5})
    assert content.query(uri, projection=["number", "duration"]) == [{"number": "5550188", "duration": 0}]
    assert len(content.query("content://call_log/calls/filter/2125550142")) == 1
    assert content.update(uri, {"duration": 9}) == 1
    assert content.delete("content://call_log/calls", where="number = '5550188'") == 1
    calls.delete_call(missed)
    with pytest.raises(NotFound):
        calls.delete_call(missed)
    assert calls.clear() == 1
    for path in ("content://call_log", "content://call_log/x"):
        with pytest.raises(NotFound):
            content.query(path)
    with pytest.raises(NotFound):
        content.insert(uri, {"number": "1"})
    with pytest.raises(DeviceError, match=r"no column 'colour'"):
        content.insert("content://call_log/calls", {"colour": "1"})
