"""In which language the window speaks: the system's where there is a translation, or the one that was chosen.

Translations lie in ``resources/translations`` (``tools/translations.py`` makes them). A text without
translation stays English. Words are asked for when a view is made, so another language shows only at the
next start.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from rushlock.base.paths import shipped
from rushlock.gui.preference_rows import Choice
from rushlock.gui.state import WindowState
from rushlock.gui.words import tr

_KEY = "appearance/language"
_SYSTEM, _ENGLISH = "system", "en"
_NAME = "rushlock_"


class Language(QObject):
    """Speaks one language from the start of the program on.

    Attributes:
        spoken: Its code ("de"); "en" where nothing is translated.
    """

    def __init__(self, state: WindowState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._translators: list[QTranslator] = []
        self.spoken = _ENGLISH
        wanted = state.word(_KEY) or _SYSTEM
        for code in _codes(wanted):
            if code == _ENGLISH or self._speak(code):
                self.spoken = code
                break

    def silence(self) -> None:
        """Speak English again (tests)."""
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators.clear()
        self.spoken = _ENGLISH

    def _speak(self, code: str) -> bool:
        """Load our own words and Qt's, such as those on its buttons."""
        own = QTranslator(self)
        if not own.load(f"{_NAME}{code}", str(_folder())):
            return False
        qt = QTranslator(self)
        if qt.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._install(qt)
        self._install(own)
        return True

    def _install(self, translator: QTranslator) -> None:
        QCoreApplication.installTranslator(translator)
        self._translators.append(translator)


def available() -> list[str]:
    """Return the codes of all languages, English first."""
    return [_ENGLISH, *sorted(path.stem.removeprefix(_NAME) for path in _folder().glob(f"{_NAME}*.qm"))]


def language_choice(state: WindowState) -> Choice:
    """Return the choice of a language for the preferences."""
    words = [(_SYSTEM, tr("language", "As the system"))]
    words += [(code, QLocale(code).nativeLanguageName().capitalize()) for code in available()]
    words = [(code, "English" if code == _ENGLISH else name) for code, name in words]
    return Choice(
        tr("language", "Language"),
        tr("language", "Shows at the next start."),
        words,
        state.word(_KEY) or _SYSTEM,
        show=None,
        keep=lambda word: state.keep_word(_KEY, word),
    )


def _codes(wanted: str) -> list[str]:
    """Return languages to try, the best first."""
    if wanted != _SYSTEM:
        return [wanted]
    return [name.replace("_", "-").split("-")[0] for name in QLocale.system().uiLanguages()]


def _folder() -> Path:
    return shipped("resources") / "translations"
