import { columnVisibilityFeature, tableFeatures, useTable, type ColumnDef } from "@tanstack/react-table";
import { useWindowVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { useTranslation } from "react-i18next";
import { useMedia } from "./media.ts";
import { keysAreTaken, singleKeysAreOn } from "./shortcuts.ts";
import { useIsPhone } from "./width.ts";
import "./virtual-table.css";

const features = tableFeatures({ columnVisibilityFeature });
const none: readonly string[] = [];

/** A column of a virtual table. */
export interface VirtualColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Track of a CSS grid: "minmax(0, 2fr)", "64px"; by default an equal share. */
  width?: string;
  align?: "end";
  /** The header is for screen readers only. */
  quiet?: boolean;
  /** On a phone: a line of its own, hidden, or beside its neighbour (the default). */
  phone?: "full" | "hide";
  /** On a tablet it gives its room to the others, on a phone too. */
  tablet?: "hide";
}

/** What `VirtualTable` takes. */
export interface VirtualTableProps<Row> {
  /** Accessible name. */
  label: string;
  columns: readonly VirtualColumn<Row>[];
  /** The rows that have arrived so far. */
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** How many rows there are in all, if known. */
  total?: number | undefined;
  /** Called near the end of what has arrived: `fetchNextPage` of an infinite query. */
  onEndReached?: (() => void) | undefined;
  isLoadingMore?: boolean;
  /** Click or Enter on a row. */
  onOpen?: ((row: Row) => void) | undefined;
  /** The row that is open beside the table. */
  openId?: string | undefined;
  /** Rows that can be picked for something to be done to them: Space or X takes one in or out, with Shift a range. */
  selection?:
    | { ids: ReadonlySet<string>; toggle: (id: string, options?: { range?: boolean }) => void }
    | undefined;
  hidden?: readonly string[];
  /** A first guess; rows are measured once drawn. */
  rowHeight?: number;
}

/** A table of any size: only what is in sight is drawn. J, K and arrows move, Enter opens; rows stack on a phone. */
export function VirtualTable<Row extends object>({
  label,
  columns,
  rows,
  rowId,
  total,
  onEndReached,
  isLoadingMore = false,
  onOpen,
  openId,
  selection,
  hidden = none,
  rowHeight = 45,
}: VirtualTableProps<Row>) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const isTablet = useMedia("(max-width: 1180px)");
  const table = useTable({
    features,
    data: rows,
    columns: useMemo(() => columns.map(toColumnDef), [columns]),
    getRowId: rowId,
    state: { columnVisibility: visibilityOf(columns, hidden, { isPhone, isTablet }) },
  });
  const modelRows = table.getRowModel().rows;
  const body = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    if (body.current) setOffset(body.current.getBoundingClientRect().top + window.scrollY);
  }, [isPhone]);
  // oxlint-disable-next-line react/incompatible-library -- nothing it returns is memoised here
  const virtual = useWindowVirtualizer({
    count: modelRows.length,
    estimateSize: () => (isPhone ? rowHeight * 2 : rowHeight),
    overscan: 12,
    scrollMargin: offset,
    getItemKey: (index) => modelRows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  useEndReached(items.at(-1)?.index ?? -1, modelRows.length, isLoadingMore, onEndReached);
  const focus = useRowFocus(body, modelRows.length, (index) =>
    virtual.scrollToIndex(index, { align: "auto" }),
  );

  const shown = columns.filter((column) => table.getColumn(column.id)?.getIsVisible());
  const tracks = { gridTemplateColumns: shown.map((column) => column.width ?? "minmax(0, 1fr)").join(" ") };
  const drawRow = (item: VirtualItem) => {
    const row = modelRows[item.index];
    if (!row) return null;
    return (
      <div
        key={item.key}
        ref={virtual.measureElement}
        data-index={item.index}
        role="row"
        aria-rowindex={item.index + 2}
        aria-selected={selection?.ids.has(row.id) ?? (openId === undefined ? undefined : row.id === openId)}
        tabIndex={item.index === focus.index ? 0 : -1}
        className={onOpen ? "vt-row" : "vt-row still"}
        style={{ ...tracks, transform: `translateY(${item.start - offset}px)` }}
        onFocus={() => focus.set(item.index)}
        onClick={(event) => {
          if (onOpen && !isControl(event.target, event.currentTarget)) onOpen(row.original);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && event.target === event.currentTarget) onOpen?.(row.original);
          else if (selection && selects(event)) selection.toggle(row.id, { range: event.shiftKey });
          else focus.onKeyDown(event);
        }}
      >
        {shown.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            className={["vt-cell", column.align === "end" && "r", column.phone].filter(Boolean).join(" ")}
          >
            {column.cell(row.original)}
          </div>
        ))}
      </div>
    );
  };

  return (
    <div
      className="vt"
      role="grid"
      aria-label={label}
      aria-rowcount={(total ?? modelRows.length) + 1}
      aria-multiselectable={selection ? true : undefined}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className="vt-head" style={tracks}>
          {shown.map((column) => (
            <div key={column.id} role="columnheader" className={column.align === "end" ? "r" : ""}>
              {column.quiet ? <span className="sr">{column.header}</span> : column.header}
            </div>
          ))}
        </div>
      </div>
      <div ref={body} role="rowgroup" className="vt-body" style={{ height: virtual.getTotalSize() }}>
        {items.map(drawRow)}
      </div>
      {isLoadingMore && (
        <div className="vt-end" role="row">
          <span role="gridcell">{t("ui.table.loadingMore")}</span>
        </div>
      )}
    </div>
  );
}

function toColumnDef<Row extends object>(column: VirtualColumn<Row>): ColumnDef<typeof features, Row> {
  return { id: column.id, header: column.header };
}

function visibilityOf<Row>(
  columns: readonly VirtualColumn<Row>[],
  hidden: readonly string[],
  { isPhone, isTablet }: { isPhone: boolean; isTablet: boolean },
) {
  return Object.fromEntries(
    columns.map(({ id, phone, tablet }) => [
      id,
      !hidden.includes(id) && !(isPhone && phone === "hide") && !(isTablet && tablet === "hide"),
    ]),
  );
}

function useEndReached(last: number, count: number, isBusy: boolean, onEndReached: (() => void) | undefined) {
  useEffect(() => {
    if (count > 0 && last >= count - 20 && !isBusy) onEndReached?.();
  }, [last, count, isBusy, onEndReached]);
}

/** One row is in the tab order; J, K, arrows, Home, End and page keys move the focus to another. */
function useRowFocus(
  body: React.RefObject<HTMLDivElement | null>,
  count: number,
  reveal: (index: number) => void,
) {
  const [index, setIndex] = useState(0);
  const wanted = useRef<number | null>(null);
  const focusWanted = () => {
    if (wanted.current === null) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    row.focus({ preventScroll: true });
    wanted.current = null;
  };
  // The wanted row may be drawn only after the scroll, so this looks for it after every render.
  useEffect(focusWanted);
  const go = (to: number) => {
    const target = Math.max(0, Math.min(count - 1, to));
    wanted.current = target;
    setIndex(target);
    reveal(target);
    // Where it is in sight and was the current one already, nothing is rendered anew.
    focusWanted();
  };
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  // J and K work from anywhere on the page, so that nobody has to tab into the table first.
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if ((event.key !== "j" && event.key !== "k") || keysAreTaken(event) || !singleKeysAreOn()) return;
      const inside = body.current?.contains(document.activeElement);
      latest.current(inside ? index + (event.key === "j" ? 1 : -1) : index);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [body, index]);

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const to = event.key === "Home" ? 0 : event.key === "End" ? count - 1 : index + (steps[event.key] ?? 0);
    if (!(event.key in steps) && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    go(to);
  };
  return { index: Math.min(index, Math.max(0, count - 1)), set: setIndex, onKeyDown };
}

/** Space, or X where single keys are on, on the row itself. */
function selects(event: KeyboardEvent) {
  if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return false;
  const isKey = event.key === " " || (event.key.toLowerCase() === "x" && singleKeysAreOn());
  if (isKey) event.preventDefault();
  return isKey;
}

function isControl(target: EventTarget, row: HTMLElement) {
  // An icon in a button is no HTMLElement.
  const control = target instanceof Element && target.closest("a, button, input, label");
  return Boolean(control && row.contains(control));
}
