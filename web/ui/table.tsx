import type { ReactNode } from "react";
import "./table.css";

/** A column of a plain table. */
export interface TableColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: "end";
  /** On a phone: a line of its own, hidden, or beside its neighbour (the default). */
  phone?: "full" | "hide";
  /** The header is for screen readers only. */
  quiet?: boolean;
  /** On a phone the header is gone: repeat it before the value. */
  phoneLabel?: boolean;
}

/** A table of few rows; a stack of rows on a phone. For many rows see `VirtualTable`. */
export function Table<Row>({
  label,
  columns,
  rows,
  rowId,
}: {
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
}) {
  return (
    <table className="table stack">
      <caption className="sr">{label}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={column.align === "end" ? "r" : ""}>
              {column.quiet ? <span className="sr">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowId(row)}>
            {columns.map((column) => (
              <td
                key={column.id}
                className={[column.align === "end" && "r", column.phone].filter(Boolean).join(" ")}
                {...(column.phoneLabel && { "data-label": column.header })}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
