import { expect, test } from "vitest";
import { foreign } from "../foreign";
import { inGerman } from "./fromServer";
import sentences from "./server.json";

const plain = (english: string): string => inGerman(english).replaceAll(/[\u2068\u2069]/g, "");

test("a sentence is said in German, with its names and numbers as they are", () => {
  expect(inGerman("a b.ipynb does not exist.")).toBe("a b.ipynb existiert nicht.");
  expect(inGerman("The workspace folder exists already.")).toBe("Der Arbeitsordner gibt es schon.");
  expect(inGerman("There is no kernel.")).toBe("Es gibt keinen Kernel.");
  expect(inGerman("")).toBe("");
});

test("the more exact of two sentences that fit is taken", () => {
  expect(inGerman("x.ipynb is not saved: its folder may not be written by you.")).toBe(
    "x.ipynb ist nicht gespeichert: In den Ordner dürfen Sie nicht schreiben.",
  );
});

test("a sentence in a sentence is German too, with or without its full stop", () => {
  expect(inGerman("n.ipynb is not saved: the disk is read-only. Save it somewhere else.")).toBe(
    "n.ipynb ist nicht gespeichert: Auf die Platte kann nicht geschrieben werden. Speichern Sie anderswo.",
  );
  expect(inGerman("A cell's source is a text (line 12).")).toBe("Der Quelltext einer Zelle ist ein Text (Zeile 12).");
  expect(plain("The file is not valid JSON: Expecting value in column 12 (line 1).")).toBe(
    "Die Datei ist kein gültiges JSON: Expecting value in Spalte 12 (Zeile 1).",
  );
  expect(inGerman("There is no kernel named 'r'. Installed: python3, julia.")).toBe(
    "Es gibt keinen Kernel namens 'r'. Installiert: python3, julia.",
  );
  expect(
    inGerman("The kernel was, while it started, killed by signal 9 (SIGKILL), possibly because memory ran out."),
  ).toBe(
    "Der Kernel wurde, während er startete, beendet durch Signal 9 (SIGKILL), womöglich weil der Speicher ausging.",
  );
  expect(inGerman("The kernel was killed by signal 34.")).toBe("Der Kernel wurde beendet durch Signal 34.");
});

test("a folder that is not for this user alone is told with what to do about it", () => {
  const elsewhere = "On Linux, XDG_RUNTIME_DIR and XDG_STATE_HOME can name folders of yours.";
  expect(inGerman(`Others can write into the folder /a b. Remove it: it is made anew. ${elsewhere}`)).toBe(
    "In den Ordner /a b können andere schreiben. Entfernen Sie ihn: Er wird neu angelegt. " +
      "Unter Linux können XDG_RUNTIME_DIR und XDG_STATE_HOME eigene Ordner nennen.",
  );
  expect(plain(`The folder /x cannot be used: Not a directory. ${elsewhere}`)).toBe(
    "Der Ordner /x ist nicht zu gebrauchen: Not a directory. " +
      "Unter Linux können XDG_RUNTIME_DIR und XDG_STATE_HOME eigene Ordner nennen.",
  );
});

test("the words of others stay as they are, and are marked", () => {
  expect(inGerman("The kernel ended while it started (exit code 3): no licence.")).toBe(
    `Der Kernel hat sich beim Starten beendet (Exitcode 3): ${foreign("no licence")}.`,
  );
  expect(inGerman("x.ipynb is not saved: the disk refused it (Input/output error).")).toBe(
    `x.ipynb ist nicht gespeichert: Die Platte hat es abgelehnt (${foreign("Input/output error")}).`,
  );
});

test("what is not known stays English, and is marked", () => {
  expect(inGerman("Segmentation fault (core dumped)")).toBe(foreign("Segmentation fault (core dumped)"));
  expect(inGerman("toString")).toBe(foreign("toString"));
});

test("every German sentence has the values of its English one, and says it in German", () => {
  for (const [english, german] of Object.entries(sentences)) {
    const values = [...german.matchAll(/\{(\d+)[~?!]?\}/g)].map(([, number]) => Number(number));
    expect(values.toSorted(), english).toEqual(
      english
        .split("{}")
        .slice(1)
        .map((_, at) => at),
    );
    expect(german, english).not.toBe(english);
  }
});

test("every sentence is found by its own words, by itself or in another one", () => {
  for (const [english, german] of Object.entries(sentences)) {
    const said = plain(`It is not kept: ${english.replaceAll("{}", "x")} (line 1).`);
    const alone = plain(english.replaceAll("{}", "x"));
    const wanted = german.replaceAll(/\{\d+[~?!]?\}/g, "x");
    expect([alone, plain(`${english.replaceAll("{}", "x")} (line 1).`), said], english).toContainEqual(
      expect.stringContaining(wanted.replace(/\.$/, "")),
    );
  }
});
