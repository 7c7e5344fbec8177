"""Permissions of one app, and of all apps by kind (the permission manager)."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import EntityPref, FooterPref, HeaderPref, LinkPref, Pref, RadioPref
from mobilegym.emulator.phone.kernel.permissions import GROUPS, PermissionGroup
from mobilegym.emulator.phone.ui.call import Call

__all__ = ["PAGES", "allowed_groups", "apps_of_group", "group_named"]


def group_named(name: str) -> PermissionGroup:
    """A group by its name (`LOCATION`)."""
    return next(g for g in GROUPS if g.name == name)


def _declared(page: Page, package: str, group: PermissionGroup) -> list[str]:
    wanted = page.kernel.packages.manifest(package).permissions
    return [p for p in group.permissions if p in wanted]


def _held(page: Page, package: str, group: PermissionGroup) -> bool:
    granted = page.kernel.packages.state(package).granted
    return any(p in granted for p in _declared(page, package, group))


def allowed_groups(page: Page, package: str) -> list[str]:
    """Labels of the groups an app holds."""
    return [g.label for g in GROUPS if _held(page, package, g)]


def apps_of_group(page: Page, group: PermissionGroup) -> tuple[list[str], list[str]]:
    """Packages that hold a group, and those that might; of the apps with an icon, by label."""
    yes: list[str] = []
    no: list[str] = []
    for manifest in page.kernel.packages.launchable():
        if _declared(page, manifest.package, group):
            (yes if _held(page, manifest.package, group) else no).append(manifest.package)
    return yes, no


def _app_permissions(page: Page) -> list[Pref]:
    package = page.arg
    manifest = page.kernel.packages.manifest(package)
    wanted = [g for g in GROUPS if _declared(page, package, g)]
    rows: list[Pref] = [EntityPref(manifest.label, app=manifest.icon)]
    if not wanted:
        return [*rows, FooterPref("No permissions requested")]
    for heading, groups in (
        ("Allowed", [g for g in wanted if _held(page, package, g)]),
        ("Not allowed", [g for g in wanted if not _held(page, package, g)]),
    ):
        rows.append(HeaderPref(heading))
        rows += [_group_link(page, package, g) for g in groups]
        if not groups:
            rows.append(
                LinkPref(f"none:{heading}", "No permissions allowed" if heading == "Allowed" else "No permissions denied", enabled=False)
            )
    return rows


def _group_link(page: Page, package: str, group: PermissionGroup) -> LinkPref:
    summary = ""
    if _held(page, package, group) and group.foreground_only:
        once = any(p in page.kernel.packages.state(package).one_time for p in group.permissions)
        summary = "Only this time" if once else "Only while app is in use"
    return LinkPref(f"group:{group.name}", group.label, summary, group.icon, page="app_permission", arg=f"{package}/{group.name}")


def _of_arg(page: Page) -> tuple[str, PermissionGroup]:
    package, _, name = page.arg.partition("/")
    return package, group_named(name)


def _permission_title(page: Page) -> str:
    return f"{_of_arg(page)[1].label} permission"


def _app_permission(page: Page) -> list[Pref]:
    package, group = _of_arg(page)
    manifest = page.kernel.packages.manifest(package)
    state = page.kernel.packages.state(package)
    names = _declared(page, package, group)
    held = _held(page, package, group)
    denied = not held and any(p in state.denied for p in names)
    once = held and any(p in state.one_time for p in names)
    rows: list[Pref] = [
        EntityPref(manifest.label, app=manifest.icon),
        HeaderPref(f"{group.label} access for this app"),
        RadioPref(
            "allow_radio_button",
            "Allow only while using the app" if group.foreground_only else "Allow",
            held and not once,
            Call(_set, ("allow",)),
        ),
    ]
    if group.foreground_only:
        rows.append(RadioPref("ask_radio_button", "Ask every time", once or not held and not denied, Call(_set, ("ask",))))
        rows.append(RadioPref("deny_radio_button", "Don’t allow", denied, Call(_set, ("deny",))))
    else:
        rows.append(RadioPref("deny_radio_button", "Don’t allow", not held, Call(_set, ("deny",))))
    rows += [
        LinkPref("all_app_permissions", f"See all {manifest.label} permissions", page="app_permissions", arg=package, accent=True),
        LinkPref("see_all_apps", "See all apps with this permission", page="permission_group", arg=group.name, accent=True),
    ]
    return rows


def _set(page: Page, choice: str) -> None:
    package, group = _of_arg(page)
    kernel, names = page.kernel, _declared(page, package, group)
    if choice == "allow":
        kernel.packages.change(package, one_time=kernel.packages.state(package).one_time - frozenset(names))
        kernel.permissions.grant(package, names[0])
        return
    if _held(page, package, group):
        kernel.permissions.revoke(package, names[0])
    state = kernel.packages.state(package)
    changed = frozenset(group.permissions)
    kernel.packages.change(
        package, asked=state.asked - changed, denied=state.denied - changed if choice == "ask" else state.denied | frozenset(names)
    )


def _manager(page: Page) -> list[Pref]:
    rows: list[Pref] = []
    for group in GROUPS:
        yes, no = apps_of_group(page, group)
        rows.append(
            LinkPref(
                f"manager:{group.name}",
                group.label,
                f"{len(yes)} of {len(yes) + len(no)} apps allowed",
                group.icon,
                page="permission_group",
                arg=group.name,
            )
        )
    return rows


def _group_title(page: Page) -> str:
    return group_named(page.arg).label


def _group(page: Page) -> list[Pref]:
    group = group_named(page.arg)
    yes, no = apps_of_group(page, group)
    rows: list[Pref] = []
    heading = "Allowed only while in use" if group.foreground_only else "Allowed"
    for title, packages, none in ((heading, yes, "No apps allowed"), ("Not allowed", no, "No apps denied")):
        rows.append(HeaderPref(title))
        rows += [_app_link(page, package, group) for package in packages]
        if not packages:
            rows.append(LinkPref(f"none:{title}", none, enabled=False))
    return rows


def _app_link(page: Page, package: str, group: PermissionGroup) -> LinkPref:
    manifest = page.kernel.packages.manifest(package)
    return LinkPref(f"app:{package}", manifest.label, page="app_permission", arg=f"{package}/{group.name}", app=manifest.icon)


PAGES: Final = {
    "app_permissions": PageSpec("App permissions", _app_permissions, "app_info", search=False),
    "app_permission": PageSpec(_permission_title, _app_permission, "app_permissions", search=False),
    "permission_manager": PageSpec("Permission manager", _manager, "security", keywords="app permissions privacy"),
    "permission_group": PageSpec(_group_title, _group, "permission_manager", search=False),
}
