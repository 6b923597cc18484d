import { beforeEach, expect, test } from "vitest";
import { type FileContent, showSize, type TextFileApi, TextFileStore } from "./textFileStore";

class FakeDisk implements TextFileApi {
  text: string | null = "one\ntwo\n";
  failure: Error | null = null;
  writes: string[] = [];

  read(path: string): Promise<FileContent> {
    if (this.failure) return Promise.reject(this.failure);
    return Promise.resolve({ path, text: this.text, mimetype: null, writable: true, size: 2048 });
  }
  write(_path: string, text: string): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.writes.push(text);
    this.text = text;
    return Promise.resolve();
  }
}

let disk: FakeDisk;
let store: TextFileStore;

beforeEach(async () => {
  disk = new FakeDisk();
  store = new TextFileStore("a.txt", disk);
  await store.open();
});

test("typing makes the file unsaved, and typing it back makes it saved again", () => {
  store.setText("one\n");
  expect(store.state.value.at).toBe("unsaved");
  store.setText("one\ntwo\n");
  expect(store.state.value.at).toBe("saved");
});

test("a save writes the text and nothing is unsaved any more", async () => {
  store.setText("three\n");
  await store.save();
  expect(disk.text).toBe("three\n");
  expect(store.unsaved.value).toBe(false);
});

test("nothing is written when nothing changed", async () => {
  await store.save();
  expect(disk.writes).toEqual([]);
});

test("a file that changed on disk is not overwritten until the user says so", async () => {
  store.setText("mine\n");
  disk.text = "theirs\n";
  await store.save();
  expect(store.state.value.at).toBe("changed");
  expect(disk.text).toBe("theirs\n");
  await store.overwrite();
  expect(disk.text).toBe("mine\n");
  expect(store.state.value.at).toBe("saved");
});

test("what somebody else wrote meanwhile is taken over when the user comes back", async () => {
  disk.text = "theirs\r\n";
  await store.check();
  expect(store.text.value).toBe("theirs\n");
  expect(store.state.value.at).toBe("saved");
  store.setText("theirs\nand mine\n");
  await store.save();
  expect(disk.text).toBe("theirs\r\nand mine\r\n");
});

test("beside unsaved text it is asked which of both is meant", async () => {
  store.setText("mine\n");
  disk.text = "theirs\n";
  await store.check();
  expect(store.text.value).toBe("mine\n");
  expect(store.state.value.at).toBe("changed");
});

test("nothing is asked when the file holds what it held, or the same as the editor, or cannot be read", async () => {
  store.setText("mine\n");
  await store.check();
  expect(store.state.value.at).toBe("unsaved");
  disk.text = "mine\n";
  await store.check();
  expect(store.state.value.at).toBe("saved");
  disk.failure = new Error("gone");
  await store.check();
  expect(store.state.value.at).toBe("saved");
});

test("a save that fails keeps the text and says why", async () => {
  store.setText("mine\n");
  disk.failure = new Error("The disk is full.");
  await store.save();
  expect(store.state.value).toEqual({ at: "failed", message: "The disk is full." });
  expect(store.text.value).toBe("mine\n");
  expect(store.unsaved.value).toBe(true);
});

test("what is typed while a save runs is still unsaved after it", async () => {
  store.setText("first\n");
  const saving = store.save();
  store.setText("second\n");
  await saving;
  expect(disk.text).toBe("first\n");
  expect(store.state.value.at).toBe("unsaved");
});

test("Windows line ends are kept", async () => {
  disk.text = "one\r\ntwo\r\n";
  await store.open();
  expect(store.text.value).toBe("one\ntwo\n");
  store.setText("one\ntwo\nthree\n");
  await store.save();
  expect(disk.text).toBe("one\r\ntwo\r\nthree\r\n");
});

test("a file that is not text is an image or is only offered", async () => {
  disk.text = null;
  await store.open();
  expect(store.load.value).toEqual({ at: "binary", size: 2048 });
  disk.failure = new Error("a picture is not read as text");
  const image = new TextFileStore("plot.PNG", disk);
  await image.open();
  expect(image.load.value.at).toBe("image");
});

test("a file that cannot be read says why", async () => {
  disk.failure = new Error("No such file.");
  await store.open();
  expect(store.load.value).toEqual({ at: "failed", message: "No such file." });
});

test("sizes are written for people", () => {
  expect([980, 12_345, 3_400_000].map(showSize)).toEqual(["980 bytes", "12 KB", "3.4 MB"]);
  expect(showSize(null)).toBe("?");
});
