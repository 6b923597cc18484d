"""What the window says itself, in the languages of the page: dialogs, the question before it closes, a notice. Pure.

The door tells in which language the page speaks when its first script has run; until then the window speaks English.
What GTK, Cocoa, Windows or the web view say by themselves is in the language of the system.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Where `{names}` stands, the names of notebooks are put."""

    lang: str
    open: str
    """The button that opens what was chosen, or what a notice is about; and the title over files to choose from."""
    open_folder: str
    save: str
    save_as: str
    cancel: str
    notebooks: str
    all_files: str
    close_program: str
    """What is asked when the last window closes."""
    close_window: str
    unsaved: str
    running: str
    running_kept: str
    """The same, where they can be kept running."""
    close: str
    stop: str
    """Close, and stop what runs."""
    keep: str
    crashed: str
    """What stands in the place of a page that does nothing but crash."""
    about: str
    """From here on: entries of the menu bar that are macOS's own."""
    settings: str
    services: str
    hide: str
    hide_others: str
    show_all: str
    quit: str
    window: str
    minimize: str
    zoom: str
    to_front: str


ENGLISH: Final = Words(
    lang="en",
    open="Open",
    open_folder="Open folder",
    save="Save",
    save_as="Save as",
    cancel="Cancel",
    notebooks="Notebooks",
    all_files="All files",
    close_program="Close Adrastea?",
    close_window="Close this window?",
    unsaved="Some files have changes that are not saved: they would be lost.",
    running="Still running: {names}. It would be stopped.",
    running_kept="Still running: {names}. It is stopped, or kept running for the next start of Adrastea.",
    close="Close",
    stop="Stop and Close",
    keep="Keep Running",
    crashed="The page has crashed twice. Your notebooks are saved. Close the window and start again.",
    about="About Adrastea",
    settings="Settings…",
    services="Services",
    hide="Hide Adrastea",
    hide_others="Hide Others",
    show_all="Show All",
    quit="Quit Adrastea",
    window="Window",
    minimize="Minimize",
    zoom="Zoom",
    to_front="Bring All to Front",
)
GERMAN: Final = Words(
    lang="de",
    open="Öffnen",
    open_folder="Ordner öffnen",
    save="Speichern",
    save_as="Speichern unter",
    cancel="Abbrechen",
    notebooks="Notebooks",
    all_files="Alle Dateien",
    close_program="Adrastea schließen?",
    close_window="Dieses Fenster schließen?",
    unsaved="Manche Dateien haben Änderungen, die nicht gespeichert sind: Sie gingen verloren.",
    running="Läuft noch: {names}. Es würde gestoppt.",
    running_kept="Läuft noch: {names}. Es wird gestoppt, oder es läuft weiter für den nächsten Start von Adrastea.",
    close="Schließen",
    stop="Stoppen und schließen",
    keep="Weiterlaufen lassen",
    crashed="Die Seite ist zweimal abgestürzt. Ihre Notebooks sind gespeichert. Schließen Sie das Fenster und "
    "starten Sie neu.",
    about="Über Adrastea",
    settings="Einstellungen …",
    services="Dienste",
    hide="Adrastea ausblenden",
    hide_others="Andere ausblenden",
    show_all="Alle einblenden",
    quit="Adrastea beenden",
    window="Fenster",
    minimize="Im Dock ablegen",
    zoom="Zoomen",
    to_front="Alle nach vorne bringen",
)
LANGUAGES: Final = {words.lang: words for words in (ENGLISH, GERMAN)}


def words_for(lang: str) -> Words:
    """The words for the language of a page, as its `lang` names it; English where it is none of these."""
    return LANGUAGES.get(lang, ENGLISH)
