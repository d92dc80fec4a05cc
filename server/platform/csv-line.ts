/** A line of a CSV file. Texts that a spreadsheet would take for formulas stay texts; numbers are written as they are. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** A spreadsheet takes a cell that begins with one of these for a formula; an apostrophe keeps it text. */
function csvCell(cell: string | number | null): string {
  if (cell === null || typeof cell === "number") return String(cell ?? "");
  const safe = /^[=+\-@\t\r\n\0]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
