import { expect, test } from "vitest";
import { dateOf, dateText, momentOf, momentText, naiveOf, naiveText, timeOf, timeText } from "./dates";

test("a date's months count from 0 on the wire", () => {
  expect(dateText({ year: 2026, month: 10, date: 6 })).toBe("2026-11-06");
  expect(dateOf("2026-11-06")).toEqual({ year: 2026, month: 10, date: 6 });
  expect([dateText(null), dateOf("")]).toEqual(["", null]);
});

test("a time has seconds only where there are some", () => {
  expect(timeText({ hours: 12, minutes: 5, seconds: 0, milliseconds: 0 })).toBe("12:05");
  expect(timeText({ hours: 12, minutes: 5, seconds: 7, milliseconds: 30 })).toBe("12:05:07.030");
  expect(timeOf("12:05:07.03")).toEqual({ hours: 12, minutes: 5, seconds: 7, milliseconds: 30 });
  expect([timeText(5), timeOf("noon")]).toEqual(["", null]);
});

test("a naive date and time is what stands there, and comes back as it went", () => {
  const parts = { year: 2026, month: 10, date: 26, hours: 12, minutes: 30, seconds: 0, milliseconds: 0 };
  expect(naiveText(parts)).toBe("2026-11-26T12:30");
  expect(naiveOf("2026-11-26T12:30")).toEqual(parts);
  expect([naiveText({}), naiveOf("2026-11-26")]).toEqual(["", null]);
});

test("a moment travels in UTC and is shown in this machine's time", () => {
  const at = momentOf("2026-07-01T12:30");
  expect(at).toMatchObject({
    minutes: new Date("2026-07-01T12:30").getUTCMinutes(),
    hours: new Date("2026-07-01T12:30").getUTCHours(),
  });
  expect(momentText(at)).toBe("2026-07-01T12:30");
  expect([momentText(null), momentOf("")]).toEqual(["", null]);
});
