"""Bring the translations up to date: collect the window's strings, keep what is translated, compile.

    python tools/translations.py            # update every .ts below resources/translations, then its .qm
    python tools/translations.py --check    # change nothing; say what is missing, fail if any is out of date

Qt's own lupdate reads ``tr("context", "text")`` as a text with a comment and does not know ``tr = self.tr``;
so the strings are collected here, from the syntax tree. lrelease, which comes with PySide6, compiles.

A text that is new takes the translation that the same text has elsewhere; else it is left unfinished and
shown in English until somebody translates it, by hand or with Qt Linguist. What the source no longer says is
dropped.
"""

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree as ET

from rushlock.base.settings import Page, Settings

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "app" / "rushlock" / "gui"
TRANSLATIONS = ROOT / "resources" / "translations"

Texts = dict[tuple[str, str], str]
"""Translations by (context, source text); empty where there is none."""


def main() -> None:
    """Update or check every language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, fail if a file is out of date")
    check = parser.parse_args().check
    wanted = collected()
    stale = 0
    for path in sorted(TRANSLATIONS.glob("rushlock_*.ts")):
        before = read(path)
        after = merged(wanted, before)
        missing = sum(not text for text in after.values())
        say(f"{path.name}: {len(after)} texts, {missing} without translation")
        if check:
            stale += set(before) != set(after)
        else:
            write(path, after)
            compiled(path)
    if stale:
        sys.exit("out of date: run python tools/translations.py")


def say(words: str) -> None:
    """Tell whoever runs this."""
    sys.stdout.write(f"{words}\n")


def collected() -> list[tuple[str, str]]:
    """Return (context, text) of every string that the window shows, each once, in the order of the source."""
    found: dict[tuple[str, str], None] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.update(dict.fromkeys(_strings(tree)))
    found.update(dict.fromkeys(_settings()))
    return list(found)


def merged(wanted: list[tuple[str, str]], before: Texts) -> Texts:
    """Return what is wanted, with the translations there are."""
    elsewhere = {source: text for (_, source), text in before.items() if text}
    return {key: before.get(key) or elsewhere.get(key[1], "") for key in wanted}


def read(path: Path) -> Texts:
    """Return the translations of a .ts file."""
    texts: Texts = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            texts[name, message.findtext("source", "")] = message.findtext("translation", "") or ""
    return texts


def write(path: Path, texts: Texts) -> None:
    """Write a .ts file as Qt Linguist does."""
    root = ET.Element("TS", version="2.1", language=path.stem.removeprefix("rushlock_"), sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for (name, source), text in sorted(texts.items()):
        if name not in contexts:
            contexts[name] = ET.SubElement(root, "context")
            ET.SubElement(contexts[name], "name").text = name
        message = ET.SubElement(contexts[name], "message")
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        translation.text = text
        if not text:
            translation.set("type", "unfinished")
    ET.indent(root, "    ")
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def compiled(path: Path) -> None:
    """Compile a .ts file beside itself, where PySide6's lrelease is installed."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    if not tool.is_file():
        say(f"{tool.name} is not installed: {path.with_suffix('.qm').name} stays as it is")
        return
    subprocess.run([tool, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)


def _settings() -> Iterator[tuple[str, str]]:
    for spec in fields(Settings):
        yield "settings", spec.metadata["label"]
        yield "settings", spec.metadata["help"]
    for page in Page:
        yield "settings", page.value


def _strings(tree: ast.Module) -> Iterator[tuple[str, str]]:
    classes = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in tree.body:
        own = [node.name] if isinstance(node, ast.ClassDef) else classes
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and _is_tr(call.func):
                yield from _of_call(call, own, classes)


def _of_call(call: ast.Call, own: list[str], classes: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what a call of tr says, under each context that it may have."""
    words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if len(words) != len(call.args) or not words:
        return
    if len(words) == 2:
        yield words[0], words[1]
        return
    of_self = isinstance(call.func, ast.Name) or (
        isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "self"
    )
    # Of another object only the class is not known: one of this module's, the parent of what is made.
    for context in own if of_self else classes:
        yield context, words[0]


def _is_tr(function: ast.expr) -> bool:
    return (isinstance(function, ast.Name) and function.id == "tr") or (
        isinstance(function, ast.Attribute) and function.attr == "tr"
    )


if __name__ == "__main__":
    main()
