import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLoaded } from "../../collect/use-loaded.ts";
import { useMayDo, useWorkspace } from "../../session.ts";
import { useShortcut } from "../../ui/shortcuts.ts";
import { useIsPhone } from "../../ui/width.ts";
import { stateOf, useChangeCase } from "./case-actions.tsx";
import { CaseList, NobodyWaits } from "./case-list.tsx";
import { CasePane } from "./case-pane.tsx";
import { inboxAddress, type InboxView, viewOf } from "./inbox-address.ts";
import { type Case, casesQuery, nameOfCase } from "./inbox-data.ts";
import "./inbox.css";

/** The inbox: who waits, what they said, and the reply; J and K move, R replies, E closes. */
export function Inbox() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const isPhone = useIsPhone();
  const { view, show, isStill } = useView();
  const { first, ...loaded } = useLoaded(useInfiniteQuery(casesQuery(slug, view.state)));
  const { rows } = loaded;
  const field = useRef<HTMLTextAreaElement>(null);
  const at = rows.findIndex(({ id }) => id === view.case);
  const chosen = view.case ?? (isPhone ? undefined : rows[0]?.id);
  const place = rows.findIndex(({ id }) => id === chosen);
  const open = (row: Case | undefined) => {
    if (row) show({ ...view, case: row.id });
  };
  const move = (step: 1 | -1) => {
    open(rows[at < 0 ? (view.case ? 0 : Math.max(0, step)) : at + step]);
    if (at + step > rows.length - 5) loaded.loadMore();
  };
  // What left the list makes room for the next; on a phone the list comes back. Whoever has gone elsewhere meanwhile stays there.
  const leave = () => {
    if (!isStill(view)) return;
    const next = rows[place + 1] ?? rows[place - 1];
    show({ state: view.state, ...(next && !isPhone && { case: next.id }) });
  };
  const close = useClose(
    rows.find(({ id }) => id === chosen),
    leave,
  );
  const mayWrite = useMayDo("editor");
  useShortcut("j", () => move(1));
  useShortcut("k", () => move(-1));
  useShortcut("r", () => field.current?.focus(), mayWrite);
  useShortcut("e", close, mayWrite);
  useLineFollows(chosen);
  const list = (
    <CaseList
      view={{ ...view, ...(chosen && { case: chosen }) }}
      rows={rows}
      counts={first?.counts}
      isLoaded={loaded.isLoaded}
      error={loaded.error}
      onRetry={loaded.retry}
      onList={(state) => show({ state })}
      onMore={loaded.isLoaded && !loaded.isWhole ? loaded.loadMore : undefined}
    />
  );
  if (isPhone && !view.case) return <div className="ib">{list}</div>;
  return (
    <div className="ib">
      {!isPhone && list}
      {chosen ? (
        <CasePane
          key={chosen}
          id={chosen}
          view={view}
          place={place < 0 ? undefined : { at: place + 1, of: rows.length }}
          field={field}
          onSent={leave}
          onClose={close}
        />
      ) : (
        <section className="ib-m ib-none" aria-label={t("inbox.case")}>
          {loaded.isLoaded && <NobodyWaits state={view.state} counts={first?.counts} />}
        </section>
      )}
    </div>
  );
}

/** The line of the open case stays in sight. */
function useLineFollows(id: string | undefined) {
  useEffect(() => {
    if (id) document.querySelector(".ib-l li.on")?.scrollIntoView({ block: "nearest" });
  }, [id]);
}

/** List and case live in the address, so that a case can be sent to a colleague. */
function useView() {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const view = viewOf(search);
  const show = (next: InboxView) =>
    void router.navigate({ href: inboxAddress(slug, next), replace: Boolean(view.case), resetScroll: false });
  const isStill = (before: InboxView) => {
    const { pathname, search: query } = router.latestLocation;
    const now = viewOf(query);
    return pathname === inboxAddress(slug) && now.state === before.state && now.case === before.case;
  };
  return { view, show, isStill };
}

function useClose(row: Case | undefined, leave: () => void) {
  const { t } = useTranslation();
  const change = useChangeCase();
  return () => {
    if (!row || row.state === "closed") return;
    const name = nameOfCase(row) ?? t("inbox.somebody");
    leave();
    void change(row.id, { state: "closed" }, { message: t("inbox.closed", { name }), undo: stateOf(row) });
  };
}
