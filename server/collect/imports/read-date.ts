import type { DateFormat } from "./mapping.ts";

const clock = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap]m))?)?`;
const zone = String.raw`(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?`;
const numeric = new RegExp(String.raw`^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})${clock}${zone}$`, "i");
const dayFirst = new RegExp(
  String.raw`^(?:\p{L}+\.?,? )?(\d{1,2})\.? (\p{L}+)\.?,? (\d{4})${clock}${zone}$`,
  "iu",
);
const monthFirst = new RegExp(
  String.raw`^(?:\p{L}+\.?,? )?(\p{L}+)\.? (\d{1,2}),? (\d{4})${clock}${zone}$`,
  "iu",
);

const months = [
  ["jan", "jän"],
  ["feb"],
  ["mar", "mär", "mrz"],
  ["apr"],
  ["may", "mai"],
  ["jun"],
  ["jul"],
  ["aug"],
  ["sep"],
  ["oct", "okt"],
  ["nov"],
  ["dec", "dez"],
];

/** Milliseconds since 1970 of a date written in this format; undefined when it is not one. Without a zone it is UTC. */
export function readDate(text: string, format: DateFormat): number | undefined {
  switch (format) {
    case "unix":
      return /^\d{9,10}(\.\d+)?$/.test(text) ? Math.trunc(Number(text) * 1000) : undefined;
    case "unixms":
      return /^\d{12,13}$/.test(text) ? Number(text) : undefined;
    case "iso":
    case "ymd":
      return readPlainIso(text) ?? readNumeric(text, "ymd");
    case "dmy":
    case "mdy":
      return readNumeric(text, format);
    default:
      return readNamed(text);
  }
}

/** The common case by character codes: 2026-10-13, 2026-10-13T08:00:00Z, 2026-10-13 08:00:00. */
function readPlainIso(text: string): number | undefined {
  const length = text.length;
  if (length !== 10 && length !== 19 && !(length === 20 && text.endsWith("Z"))) return undefined;
  if (text[4] !== "-" || text[7] !== "-") return undefined;
  if (length > 10 && ((text[10] !== "T" && text[10] !== " ") || text[13] !== ":" || text[16] !== ":"))
    return undefined;
  const year = two(text, 0) * 100 + two(text, 2);
  const day = two(text, 8);
  if (length === 10) return moment(year, two(text, 5), day, 0, 0, 0);
  return moment(year, two(text, 5), day, two(text, 11), two(text, 14), two(text, 17));
}

function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? Number.NaN : tens * 10 + ones;
}

function readNumeric(text: string, order: "ymd" | "dmy" | "mdy"): number | undefined {
  const match = numeric.exec(text);
  if (!match) return undefined;
  const [, a = "", b = "", c = ""] = match;
  const [year, month, day] = order === "ymd" ? [a, b, c] : order === "dmy" ? [c, b, a] : [c, a, b];
  if (year.length !== 4 && year.length !== 2) return undefined;
  if (day.length > 2) return undefined;
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  return withClock(full, Number(month), Number(day), match.slice(4));
}

function readNamed(text: string): number | undefined {
  const day = dayFirst.exec(text);
  if (day) return withClock(Number(day[3]), monthNumber(day[2] ?? ""), Number(day[1]), day.slice(4));
  const month = monthFirst.exec(text);
  if (month)
    return withClock(Number(month[3]), monthNumber(month[1] ?? ""), Number(month[2]), month.slice(4));
  return undefined;
}

function monthNumber(name: string): number {
  const start = name.slice(0, 3).toLowerCase();
  return months.findIndex((names) => names.includes(start)) + 1;
}

function withClock(
  year: number,
  month: number,
  day: number,
  rest: (string | undefined)[],
): number | undefined {
  const [hours = "0", minutes = "0", seconds = "0", half, offset] = rest;
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  }
  const time = moment(year, month, day, hour, Number(minutes), Number(seconds));
  return time === undefined ? undefined : time - offsetOf(offset);
}

function offsetOf(text: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text ?? "");
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -1 : 1) * minutes * 60_000;
}

/** Undefined for days that do not exist, such as 31 April. */
function moment(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (!(year >= 1970 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined;
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59))
    return undefined;
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The format in which most of these dates are written.
 * `ambiguous` is set when day and month could be exchanged in all of them: then `dmy` is meant for dots, `mdy` for slashes.
 */
export function guessDateFormat(
  samples: string[],
): { format: DateFormat; ambiguous: boolean; share: number } | undefined {
  if (samples.length === 0) return undefined;
  const order: DateFormat[] = ["iso", "dmy", "mdy", "named", "unix", "unixms"];
  const shares = order.map((format) => ({
    format,
    share: samples.filter((text) => readDate(text, format) !== undefined).length / samples.length,
  }));
  const best = Math.max(...shares.map(({ share }) => share));
  if (best < 0.5) return undefined;
  const winners = shares.filter(({ share }) => share === best).map(({ format }) => format);
  if (!winners.includes("dmy") || !winners.includes("mdy"))
    return { format: winners[0] ?? "iso", ambiguous: false, share: best };
  const slashes = samples.filter((text) => text.includes("/")).length > samples.length / 2;
  return { format: slashes ? "mdy" : "dmy", ambiguous: slashes, share: best };
}
