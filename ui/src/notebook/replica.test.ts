import { beforeEach, describe, expect, test } from "vitest";
import type { Edit } from "./edits";
import { newCell, type Notebook } from "./model";
import { Replica } from "./replica";

const notebook: Notebook = { metadata: {}, cells: [newCell("a", "code", "1"), newCell("b", "code", "2")] };
const insert = (id: string): Edit => ({ op: "insert_cell", after: "b", cell: newCell(id, "code") });

let replica: Replica;
let seq: number;
const send = () => replica.outgoing(() => ++seq);
const sources = () => replica.shown.cells.map((cell) => `${cell.id}=${cell.source}`);

beforeEach(() => {
  replica = new Replica();
  seq = 0;
  replica.restart(notebook);
});

test("what is typed is shown at once and sent when it is flushed", () => {
  replica.type("a", "10");
  expect(sources()).toEqual(["a=10", "b=2"]);
  expect(send()).toEqual([]);
  replica.flush();
  expect(send()).toEqual([{ seq: 1, edits: [{ op: "set_source", cell: "a", source: "10" }] }]);
  expect(send()).toEqual([]);
});

test("an edit goes behind what was typed before it", () => {
  replica.type("a", "10");
  replica.edit([insert("c")]);
  expect(send().map((message) => message.edits[0]?.op)).toEqual(["set_source", "insert_cell"]);
});

test("only the last text of a pause is sent", () => {
  for (const text of ["x", "xy", "xyz"]) replica.type("a", text);
  replica.flush();
  expect(send()[0]?.edits).toEqual([{ op: "set_source", cell: "a", source: "xyz" }]);
});

test("what is shown is the pending edits on top of the confirmed ones", () => {
  replica.edit([{ op: "set_source", cell: "a", source: "mine" }]);
  send();
  replica.confirm([{ edit: { op: "set_source", cell: "a", source: "theirs" } }, { edit: insert("c") }]);
  expect(sources()).toEqual(["a=mine", "b=2", "c="]);
  replica.confirm([{ ack: 1 }]);
  expect(sources()).toEqual(["a=mine", "b=2", "c="]);
  expect(replica.hasUnconfirmed).toBe(false);
});

test("an edit from elsewhere behind the acknowledgement wins", () => {
  replica.edit([{ op: "set_source", cell: "a", source: "mine" }]);
  send();
  replica.confirm([{ ack: 1 }, { edit: { op: "set_source", cell: "a", source: "theirs" } }]);
  expect(sources()).toEqual(["a=theirs", "b=2"]);
});

test("cells that nothing touched stay the same objects", () => {
  const before = replica.shown.cells[1];
  replica.type("a", "x");
  replica.confirm([{ edit: { op: "set_execution_count", cell: "a", execution_count: 3 } }]);
  expect(replica.shown.cells[1]).toBe(before);
});

describe("after a lost connection", () => {
  test("everything unconfirmed is sent again, in order, with new numbers", () => {
    replica.edit([insert("c")]);
    send();
    replica.type("c", "typed while offline");
    seq = 0;
    replica.restart(notebook);
    replica.flush();
    expect(send()).toEqual([
      { seq: 1, edits: [insert("c")] },
      { seq: 2, edits: [{ op: "set_source", cell: "c", source: "typed while offline" }] },
    ]);
    expect(sources()).toEqual(["a=1", "b=2", "c=typed while offline"]);
  });

  test("a cell with typed text that the server does not know any more is put back", () => {
    replica.edit([insert("c")]);
    send();
    replica.confirm([{ ack: 1 }]);
    replica.type("c", "precious");
    replica.restart(notebook);
    expect(sources()).toEqual(["a=1", "b=2", "c=precious"]);
    replica.flush();
    const again = new Replica();
    again.restart(notebook);
    again.confirm(send().flatMap(({ edits }) => edits.map((edit) => ({ edit }))));
    expect(again.shown).toEqual(replica.shown);
  });

  test("a cell that was deleted elsewhere and has no typed text stays deleted", () => {
    replica.restart({ ...notebook, cells: notebook.cells.slice(0, 1) });
    expect(sources()).toEqual(["a=1"]);
  });
});

test("a snapshot on the same socket keeps what was sent after what it holds", () => {
  replica.edit([insert("c")]);
  replica.edit([insert("d")]);
  send();
  replica.reset({ ...notebook, cells: [...notebook.cells, newCell("c", "code")] }, 1);
  expect(sources()).toEqual(["a=1", "b=2", "d=", "c="]);
  expect(send()).toEqual([]);
  replica.confirm([{ ack: 2 }]);
  expect(replica.hasUnconfirmed).toBe(false);
});

test("a refused edit is taken back, but typed text stays", () => {
  replica.type("a", "typed");
  replica.edit([insert("c")]);
  send();
  expect(replica.refused(1)).toBe(true);
  expect(replica.refused(2)).toBe(true);
  expect(sources()).toEqual(["a=typed", "b=2"]);
  expect(replica.hasDrafts).toBe(true);
  expect(replica.refused(7)).toBe(false);
});

test("of what was typed here and overwritten by somebody else, the edits that bring it back are told", () => {
  const theirs = { edit: { op: "set_source", cell: "a", source: "theirs" } } as const;
  replica.type("a", "mine");
  replica.flush();
  send();
  expect(replica.confirm([theirs])).toEqual([]); // ours comes later, and wins
  expect(replica.confirm([{ ack: 1 }, theirs])).toEqual([{ op: "set_source", cell: "a", source: "mine" }]);
  expect(sources()).toEqual(["a=theirs", "b=2"]);
  expect(replica.confirm([{ edit: { op: "set_source", cell: "b", source: "theirs" } }])).toEqual([]);
});
