"""The menu bar of macOS, one for all windows: it speaks to the one that has the keyboard. Not run yet.

The first menu is the application's own, as everywhere on macOS. Text is edited by Cocoa's own actions, which go to
whatever has the focus. A key reaches the page first, and only what the page leaves comes here.
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUntypedBaseClass=false, reportAttributeAccessIssue=false
# (PyObjC carries no types, and is on macOS only.)
# ruff: noqa: ANN401, N802 -- the same; methods are named as Cocoa calls them

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import AppKit
import objc

from adrastea.desktop.menu import Separator, Shown, TopMenu, cocoa_key
from adrastea.desktop.words import Words

_NAME: Final = "Adrastea"
_COMMAND, _OPTION = 1 << 20, 1 << 19
_OF_COCOA: Final = {
    "edit.undo": ("undo:", "Mod+Z"),
    "edit.redo": ("redo:", "Mod+Shift+Z"),
    "edit.cut": ("cut:", "Mod+X"),
    "edit.copy": ("copy:", "Mod+C"),
    "edit.paste": ("paste:", "Mod+V"),
    "edit.select-all": ("selectAll:", "Mod+A"),
}
_OF_THE_APPLICATION: Final = frozenset({"app.quit", "help.about", "view.settings"})
"""They stand in the application's menu."""


class CocoaMenu:
    """See the module. `shown` gives what the page in front says of a command, `run` runs it there.

    It is made anew for another language: of what pages have said of the menus, `titles` has what they are called.
    """

    def __init__(
        self,
        menus: tuple[TopMenu, ...],
        titles: Mapping[str, Shown],
        words: Words,
        shown: Callable[[str], Shown | None],
        run: Callable[[str], None],
    ) -> None:
        self._words = words
        self._target = _Target.alloc().initWithShown_run_(shown, run)
        bar = AppKit.NSMenu.alloc().init()
        self._application(self._menu(bar, _NAME))
        for top in menus:
            named = titles.get(top.command)
            self._fill(self._menu(bar, top.title if named is None else named.title), top)
        self._window(self._menu(bar, words.window))
        AppKit.NSApp.setMainMenu_(bar)

    def _application(self, menu: Any) -> None:
        self._add(menu, self._words.about, "help.about", "")
        menu.addItem_(AppKit.NSMenuItem.separatorItem())
        self._add(menu, self._words.settings, "view.settings", "Mod+,")
        menu.addItem_(AppKit.NSMenuItem.separatorItem())
        services = AppKit.NSMenu.alloc().init()
        AppKit.NSApp.setServicesMenu_(services)
        menu.addItemWithTitle_action_keyEquivalent_(self._words.services, None, "").setSubmenu_(services)
        menu.addItem_(AppKit.NSMenuItem.separatorItem())
        menu.addItemWithTitle_action_keyEquivalent_(self._words.hide, "hide:", "h")
        hide_others = self._words.hide_others
        others = menu.addItemWithTitle_action_keyEquivalent_(hide_others, "hideOtherApplications:", "h")
        others.setKeyEquivalentModifierMask_(_COMMAND | _OPTION)
        menu.addItemWithTitle_action_keyEquivalent_(self._words.show_all, "unhideAllApplications:", "")
        menu.addItem_(AppKit.NSMenuItem.separatorItem())
        self._add(menu, self._words.quit, "app.quit", "Mod+Q")

    def _window(self, menu: Any) -> None:
        menu.addItemWithTitle_action_keyEquivalent_(self._words.minimize, "performMiniaturize:", "m")
        menu.addItemWithTitle_action_keyEquivalent_(self._words.zoom, "performZoom:", "")
        menu.addItem_(AppKit.NSMenuItem.separatorItem())
        menu.addItemWithTitle_action_keyEquivalent_(self._words.to_front, "arrangeInFront:", "")
        AppKit.NSApp.setWindowsMenu_(menu)

    def _fill(self, menu: Any, top: TopMenu) -> None:
        for entry in top.entries:
            if isinstance(entry, Separator):
                menu.addItem_(AppKit.NSMenuItem.separatorItem())
            elif entry.command in _OF_COCOA:
                action, key = _OF_COCOA[entry.command]
                character, mask = cocoa_key(key)
                item = menu.addItemWithTitle_action_keyEquivalent_(entry.title, action, character)
                item.setKeyEquivalentModifierMask_(mask)
            elif entry.command not in _OF_THE_APPLICATION:
                self._add(menu, entry.title, entry.command, "")

    def _add(self, menu: Any, title: str, command: str, key: str) -> None:
        character, mask = cocoa_key(key) if key else ("", 0)
        item = menu.addItemWithTitle_action_keyEquivalent_(title, "choose:", character)
        item.setKeyEquivalentModifierMask_(mask)
        item.setTarget_(self._target)
        item.setRepresentedObject_(command)

    @staticmethod
    def _menu(bar: Any, title: str) -> Any:
        item = AppKit.NSMenuItem.alloc().init()
        menu = AppKit.NSMenu.alloc().initWithTitle_(title)
        item.setSubmenu_(menu)
        bar.addItem_(item)
        return menu


class _Target(AppKit.NSObject):
    """What the entries speak to."""

    def initWithShown_run_(self, shown: Callable[[str], Shown | None], run: Callable[[str], None]) -> Any:
        made = objc.super(_Target, self).init()
        made.shown, made.run = shown, run
        return made

    def choose_(self, item: Any) -> None:
        self.run(str(item.representedObject()))

    def validateMenuItem_(self, item: Any) -> bool:
        """Cocoa asks before it shows an entry, and before its key acts."""
        command = str(item.representedObject())
        shown: Shown | None = self.shown(command)
        if shown is None:
            return command == "app.quit"
        if command not in _OF_THE_APPLICATION:
            item.setTitle_(shown.title)
        if shown.key:
            character, mask = cocoa_key(shown.key)
            item.setKeyEquivalent_(character)
            item.setKeyEquivalentModifierMask_(mask)
        return shown.enabled
