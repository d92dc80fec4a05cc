import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIn } from "./format.ts";

const english = formatIn("en", "Europe/Berlin");
const german = formatIn("de", "Europe/Berlin");

describe("numbers as they are written", () => {
  it("a score always has its sign, with a true minus, and no decimal", () => {
    expect(english.nps(20.4)).toBe("+20");
    expect(english.nps(-3.2)).toBe("−3");
    expect(english.nps(0)).toBe("0");
    expect(german.nps(-3.2)).toBe("−3");
  });

  it("a score that rounds to nothing is 0, never −0", () => {
    expect(english.nps(-0.3)).toBe("0");
    expect(english.npsInterval([-0.4, 0.4])).toBe("0 to 0");
  });

  it("an interval is written with to in English and bis in German", () => {
    expect(english.npsInterval([16.2, 23.8])).toBe("16 to 24");
    expect(german.npsInterval([16.2, 23.8])).toBe("16 bis 24");
    expect(english.npsInterval([-4, 9])).toBe("−4 to 9");
    expect(english.changeInterval([-3.1, 9])).toBe("−3 to +9");
  });

  it("a share has one decimal and the language's percent sign", () => {
    expect(english.share(38.16)).toBe("38.2%");
    expect(german.share(38.16)).toBe("38,2 %");
    expect(english.shareInterval([35.54, 40.9])).toBe("35.5 to 40.9%");
  });

  it("a count has the language's thousands", () => {
    expect(english.count(1284)).toBe("1,284");
    expect(german.count(1284)).toBe("1.284");
  });

  it("money has its currency, in short the language's words for thousands, and any word for a currency is kept", () => {
    expect(english.money(2240, "EUR")).toBe("€2,240");
    expect(english.money(69_400, "EUR", true)).toBe("€69.4k");
    expect(english.money(1_240_000, "EUR", true)).toBe("€1.24m");
    expect(english.money(950.5, "USD", true)).toBe("$951");
    expect(english.money(12.5, "EUR")).toBe("€12.5");
    expect(german.money(69_400, "EUR", true)).toBe("69,4\u00a0T€");
    expect(german.money(1_240_000, "EUR", true)).toBe("1,24\u00a0Mio.\u00a0€");
    expect(german.money(-2240, "EUR")).toBe("−2.240\u00a0€");
    expect(english.money(20, "credits")).toBe("20\u00a0credits");
    expect(german.money(20_000, null, true)).toBe("20\u00a0T");
  });

  it("a change has its sign and no decimals", () => {
    expect(english.changeShare(-0.524)).toBe("−52%");
    expect(german.changeShare(0.47)).toMatch(/^\+47\s%$/);
    expect(english.changeShare(-0.001)).toBe("0%");
  });

  it("no number is ever written with a hyphen for its minus", () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (points) => {
        for (const format of [english, german]) {
          expect(
            format.nps(points) + format.decimal(points) + format.npsInterval([points, points]),
          ).not.toContain("-");
        }
      }),
    );
  });
});

describe("dates as they are written", () => {
  it("a calendar day is that day everywhere on earth", () => {
    expect(formatIn("en", "Pacific/Honolulu").date("2026-10-13")).toBe("13 October 2026");
    expect(formatIn("de", "Pacific/Kiritimati").date("2026-10-13")).toBe("13. Oktober 2026");
  });

  it("a moment is shown in the time zone asked for", () => {
    expect(english.dateTime("2026-10-13T22:30:00Z")).toBe("14 Oct 2026, 00:30");
    expect(formatIn("en", "UTC").dateTime("2026-10-13T22:30:00Z")).toBe("13 Oct 2026, 22:30");
  });

  it("a language is named in the language of the interface", () => {
    expect(english.language("de")).toBe("German");
    expect(german.language("de")).toBe("Deutsch");
    expect(english.language("not a tag")).toBe("not a tag");
  });
});
