import { useTranslation } from "react-i18next";

const minus = "−";
const localeOf: Record<string, string> = { en: "en-GB", de: "de-DE" };
const to: Record<string, string> = { en: "to", de: "bis" };

/** A moment as the API gives it, or a calendar day such as "2026-10-13". */
export type When = string | Date;

function build(language: string, timeZone: string | undefined) {
  const locale = localeOf[language] ?? "en-GB";
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options);
    return (value: number) => format.format(value).replace("-", minus);
  };
  const moment = (options: Intl.DateTimeFormatOptions) => {
    const at = new Intl.DateTimeFormat(locale, { ...options, ...(timeZone && { timeZone }) });
    // A calendar day has no time zone: shifting it could show the day before.
    const onDay = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    return (when: When) =>
      (isDay(when) ? onDay : at).format(typeof when === "string" ? new Date(when) : when);
  };
  const whole = number({ maximumFractionDigits: 0 });
  const signed = number({ maximumFractionDigits: 0, signDisplay: "exceptZero" });
  const oneDecimal = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const upToOneDecimal = number({ maximumFractionDigits: 1 });
  const percentSign = language === "de" ? " %" : "%";
  const between = (low: string, high: string) => `${low} ${to[language] ?? to.en} ${high}`;

  return {
    locale,
    /** Net Promoter Score in points: always a sign, never a decimal; 0 has none. */
    nps: (points: number) => signed(nonZero(points)),
    /** NPS points inside an interval: "16 to 24", minus but no plus. */
    npsInterval: ([low, high]: readonly [number, number]) =>
      between(whole(nonZero(low)), whole(nonZero(high))),
    /** A change in points with its sign, in intervals of changes too: "−3 to +9". */
    changeInterval: ([low, high]: readonly [number, number]) =>
      between(signed(nonZero(low)), signed(nonZero(high))),
    /** A share given in percent (0–100): "38.2%". */
    share: (percent: number) => oneDecimal(percent) + percentSign,
    /** "35.5 to 40.9%". */
    shareInterval: ([low, high]: readonly [number, number]) =>
      between(oneDecimal(low), oneDecimal(high)) + percentSign,
    /** A count: "1,284". */
    count: whole,
    /** A change given as a share, with its sign: "−52%". */
    changeShare: (share: number) => signed(nonZero(100 * share)) + percentSign,
    /** A share from 0 to 1 without decimals: "42%". */
    percent: (share: number) => whole(nonZero(100 * share)) + percentSign,
    /** A difference of shares in points, without a sign: 0.05 is "5". */
    points: (share: number) => upToOneDecimal(100 * share),
    /** An amount of money: "€2,240"; in short: "€588k". A currency that is none stands behind the number. */
    money: (amount: number, currency: string | null, short = false) => money(locale, amount, currency, short),
    /** One decimal: "7.6". */
    decimal: oneDecimal,
    /** "13 October 2026". */
    date: moment({ day: "numeric", month: "long", year: "numeric" }),
    /** "Tuesday, 13 October 2026". */
    weekday: moment({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    /** "13 Oct 2026". */
    shortDate: moment({ day: "numeric", month: "short", year: "numeric" }),
    /** "October 2026". */
    monthOfYear: moment({ month: "long", year: "numeric" }),
    /** "13 October". */
    dayAndMonth: moment({ day: "numeric", month: "long" }),
    /** "13 Oct". */
    day: moment({ day: "numeric", month: "short" }),
    /** "Oct". */
    month: moment({ month: "short" }),
    /** "13 Oct 2026, 16:40". */
    dateTime: moment({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }),
    /** "13 Oct, 16:40". */
    dayTime: moment({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
    /** "16:40:07". */
    time: moment({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    /** The name of a language in the interface's language: "de" is "German". */
    language: (tag: string) => {
      try {
        return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
      } catch {
        return tag;
      }
    },
  };
}

/** All ways a number or a date is written in one language. */
export type Format = ReturnType<typeof build>;

const built = new Map<string, Format>();

/** The formatter of a language ("en", "de"); dates in `timeZone`, or the browser's. */
export function formatIn(language: string, timeZone?: string): Format {
  const key = `${language} ${timeZone ?? ""}`;
  const format = built.get(key) ?? build(language, timeZone);
  built.set(key, format);
  return format;
}

/** The formatter of the interface's language. */
export function useFormat(timeZone?: string): Format {
  const { i18n } = useTranslation();
  return formatIn(i18n.language, timeZone);
}

function money(locale: string, amount: number, currency: string | null, short: boolean): string {
  const size = Math.abs(amount);
  // German has no short word for a thousand; "354 T€" is how sums are written there.
  const inThousands = short && locale === "de-DE" && size >= 1000 && size < 999_500;
  const digits: Intl.NumberFormatOptions = short
    ? { ...(!inThousands && { notation: "compact" }), maximumSignificantDigits: 3 }
    : { maximumFractionDigits: size < 100 && !Number.isInteger(amount) ? 2 : 0 };
  const isCurrency = currency !== null && /^[a-z]{3}$/i.test(currency);
  const style: Intl.NumberFormatOptions = isCurrency
    ? { style: "currency", currency, currencyDisplay: "narrowSymbol", minimumFractionDigits: 0 }
    : {};
  const parts = new Intl.NumberFormat(locale, { ...digits, ...style }).formatToParts(
    inThousands ? amount / 1000 : amount,
  );
  const written = parts.map(({ type, value }) => {
    if (type === "compact") return value === "K" ? "k" : value;
    return type === "currency" && inThousands ? `T${value}` : value;
  });
  if (!isCurrency && inThousands) written.push("\u00a0T");
  if (!isCurrency && currency) written.push(`\u00a0${currency}`);
  return written.join("").replace("-", minus);
}

/** −0.3 rounds to "−0", which is 0. */
function nonZero(value: number) {
  return Math.round(value) === 0 ? 0 : value;
}

function isDay(when: When) {
  return typeof when === "string" && /^\d{4}-\d{2}-\d{2}$/.test(when);
}
