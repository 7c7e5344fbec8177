from __future__ import annotations

from mobilegym.actions import LongPress, Press, Swipe, Tap
from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.apps.stub import FILES, NOTES, pilot

UP = Swipe(0.5, 0.6, 0.5, 0.2, 200)


def home_icons(p: Pilot) -> list[str]:
    db = p.phone.kernel.databases.open("com.google.android.apps.nexuslauncher", "launcher.db")
    return [str(row[0]) for row in db.query("SELECT title FROM favorites ORDER BY _id")]


def test_home_shows_the_date_and_the_icons_of_a_fresh_phone() -> None:
    p = pilot()
    assert p.find(rid="date").text == "Wed, Mar 11"
    assert home_icons(p) == ["Camera", "Settings"]
    assert p.find(desc="Camera").clickable


def test_a_swipe_up_opens_the_drawer_and_back_closes_it() -> None:
    p = pilot()
    p.perform(UP)
    assert [e.text for e in p.find_all(rid="icon")][4:] == ["Camera", "Files", "Gallery", "Messages", "Notes", "Settings"]
    p.back()
    assert not p.find_all(rid="apps_view")


def test_an_app_opens_from_the_drawer_and_comes_back_as_it_was() -> None:
    p = pilot()
    p.perform(UP)
    p.tap(desc="Notes")
    p.tap("Count")
    p.home()
    p.perform(UP)
    p.tap(desc="Notes")
    assert p.has("count 1")


def test_searching_the_drawer() -> None:
    p = pilot()
    p.tap(desc="Search")
    p.type("fil")
    assert [e.text for e in p.find_all(rid="icon")] == ["Files"]
    p.type("zz", clear=True)
    assert p.has("No results")
    p.type("note", clear=True, submit=True)
    assert p.phone.activity().package == NOTES


def test_the_app_used_last_is_predicted_first() -> None:
    p = pilot()
    p.open("Messages")
    p.home()
    p.perform(UP)
    assert p.find(contains="Predicted app:").content_desc == "Predicted app: Messages"


def test_an_icon_is_added_to_the_home_screen_and_removed() -> None:
    p = pilot()
    p.perform(UP)
    p.long_press(desc="Files")
    p.tap("Add to Home screen")
    assert home_icons(p) == ["Camera", "Settings", "Files"]
    p.long_press(desc="Files")
    p.tap("Remove")
    assert home_icons(p) == ["Camera", "Settings"]
    assert p.effects() == ["home_icon.added", "home_icon.removed"]


def test_a_full_page_makes_a_second_one() -> None:
    p = pilot()
    for _ in range(16):
        p.perform(UP)
        p.long_press(desc="Notes")
        p.tap("Add to Home screen")
    assert p.find(rid="page_indicator").content_desc == "Page 2 of 2"
    p.perform(Swipe(0.3, 0.3, 0.8, 0.3, 200))
    assert p.find(rid="page_indicator").content_desc == "Page 1 of 2"


def test_app_info_leads_to_settings() -> None:
    p = pilot()
    p.perform(UP)
    p.long_press(desc="Notes")
    p.tap("App info")
    assert p.has(f"got APPLICATION_DETAILS_SETTINGS package:{NOTES}")


def test_wallpaper_and_home_settings() -> None:
    p = pilot()
    p.perform(LongPress(0.5, 0.35))
    p.tap("Wallpaper & style")
    p.tap(desc="Night")
    assert p.phone.kernel.settings.get("system", "mobilegym_wallpaper") == "wallpaper_dark"
    p.back()
    p.perform(LongPress(0.5, 0.35))
    p.tap("Home settings")
    p.tap("Notification dots")
    assert p.phone.kernel.settings.get("secure", "notification_badging") == "0"


def test_icons_tell_of_notifications() -> None:
    p = pilot()
    p.phone.kernel.notifications.post("com.android.camera2", "a", "Saved", "1 picture")
    assert p.has("Camera has 1 notification")


def test_recents_open_dismiss_and_clear() -> None:
    p = pilot()
    for app in ("Files", "Notes", "Messages"):
        p.open(app)
    p.perform(Press("recents"))
    middle = [e for e in p.find_all(rid="task") if e.selected]
    assert [e.content_desc for e in middle] == ["Messages"]
    p.perform(Swipe(0.5, 0.5, 0.5, 0.1, 200))
    assert [t.package for t in p.phone.kernel.activities.tasks] == [NOTES, FILES]
    p.perform(Swipe(0.3, 0.5, 0.8, 0.5, 200))
    p.perform(Tap(0.5, 0.5))
    assert p.phone.activity().package == FILES
    p.perform(Press("recents"))
    for _ in range(2):
        p.perform(Swipe(0.3, 0.5, 0.8, 0.5, 200))
    p.tap("Clear all")
    assert p.phone.kernel.activities.tasks == ()
    p.perform(Press("recents"))
    assert p.has("No recent items")


def test_recents_pressed_twice_switches_to_the_task_before() -> None:
    p = pilot()
    p.open("Files")
    p.open("Notes")
    p.perform(Press("recents"))
    p.perform(Press("recents"))
    assert p.phone.activity().package == FILES


def test_a_slow_swipe_from_the_bottom_brings_the_overview() -> None:
    p = pilot()
    p.open("Files")
    p.perform(Swipe(0.5, 0.995, 0.5, 0.5, 800))
    assert p.phone.activity().activity == "com.android.quickstep.RecentsActivity"
    assert p.phone.render((240, 108)).shape == (240, 108, 3)


def test_home_and_lock_screen_keep_to_portrait() -> None:
    p = pilot()
    p.phone.kernel.settings.put("system", "user_rotation", "1")
    assert (p.phone.observe().width, p.phone.observe().height) == (1080, 2400)
    p.open("Notes")
    assert (p.phone.observe().width, p.phone.observe().height) == (2400, 1080)
    p.perform(Press("recents"))
    assert p.phone.observe().width == 1080
    p.phone.kernel.hardware.set_locked(True)
    assert p.phone.observe().width == 1080
