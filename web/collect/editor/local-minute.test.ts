import { expect, it } from "vitest";
import { localMinute, momentOf } from "./local-minute.ts";

it("a clock's time is turned into a moment and back, across the change to winter time", () => {
  for (const local of ["2026-07-01T09:00", "2026-10-24T23:30", "2026-10-25T09:00", "2026-03-29T04:00"]) {
    const moment = momentOf(local, "Europe/Berlin");
    expect(localMinute(moment ?? "", "Europe/Berlin")).toBe(local);
  }
  expect(momentOf("2026-10-13T09:00", "Europe/Berlin")).toBe("2026-10-13T07:00:00.000Z");
  expect(momentOf("2026-10-13T09:00", "Asia/Kolkata")).toBe("2026-10-13T03:30:00.000Z");
});

it("half a time is none", () => {
  expect(momentOf("", "UTC")).toBeNull();
});
