import { useFormat } from "../ui/format.ts";

const units = ["kilobyte", "megabyte", "gigabyte"] as const;

/** Writes a size in bytes, from kilobytes on: "31 kB", "1.2 GB". */
export function useBytes(): (bytes: number) => string {
  const { locale } = useFormat();
  return (bytes) => {
    const step = Math.min(units.length, Math.max(1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
    const value = bytes / 1000 ** step;
    return new Intl.NumberFormat(locale, {
      style: "unit",
      unit: units[step - 1] ?? "gigabyte",
      maximumFractionDigits: value < 10 && step > 1 ? 1 : 0,
    }).format(value);
  };
}
