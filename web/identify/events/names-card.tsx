import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../queries.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Note } from "../../ui/card.tsx";
import { Select } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { DayBars } from "./day-bars.tsx";
import { type CountsAs, decideName, type EventName, namesQuery } from "./events-data.ts";

const kinds: readonly CountsAs[] = ["feature", "activity", "nothing"];
const shownAtFirst = 20;

/** The names of events: how often each happens, and what it says of a customer. */
export function NamesCard({ names }: { names: EventName[] }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? names : names.slice(0, shownAtFirst);
  const undecided = names.filter(({ decided, proposed }) => !decided && proposed !== null).length;
  return (
    <Card
      flush
      title={t("events.names.title")}
      sub={
        undecided > 0
          ? t("events.names.undecided", { count: undecided })
          : t("events.names.count", { count: names.length })
      }
    >
      <Table
        label={t("events.names.title")}
        rows={shown}
        rowId={({ name }) => name}
        columns={[
          {
            id: "name",
            header: t("events.names.name"),
            cell: ({ name }) => <b className="ev-name">{name}</b>,
          },
          {
            id: "days",
            header: t("events.names.days"),
            cell: ({ name, days }) => <DayBars name={name} days={days} />,
            phone: "hide",
          },
          {
            id: "n",
            header: t("events.names.recent"),
            align: "end",
            phoneLabel: true,
            cell: ({ days }) => format.count(days.reduce((sum, n) => sum + n, 0)),
          },
          {
            id: "last",
            header: t("events.names.last"),
            cell: ({ lastAt }) => <span className="muted nowrap">{format.shortDate(lastAt)}</span>,
            phone: "hide",
          },
          {
            id: "kind",
            header: t("events.names.counts"),
            cell: (row) => <Decision row={row} />,
            phone: "full",
          },
        ]}
      />
      {names.length > shown.length && (
        <div className="ev-more">
          <Button variant="quiet" onPress={() => setOpen(true)}>
            {t("events.names.all", { count: names.length })}
          </Button>
        </div>
      )}
      <div className="card-body ev-note">
        <Note>{t("events.names.note")}</Note>
      </div>
    </Card>
  );
}

function Decision({ row }: { row: EventName }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayDecide = useMayDo("editor");
  const sentence = useErrorSentence();
  const { name, countsAs, proposed, decided } = row;
  const decide = useMutation({
    mutationFn: (choice: CountsAs | null) => decideName(name, choice),
    onMutate: (choice) => {
      const before = row;
      change(slug, name, { countsAs: choice ?? proposed ?? "activity", decided: choice !== null });
      return { before };
    },
    onError: (error, _, context) => {
      if (context) change(slug, name, context.before);
      toast({ message: sentence(error) });
    },
    onSuccess: (_, choice) => {
      if (choice !== null)
        toast({ message: t("events.names.saved", { name, kind: t(`events.kinds.${choice}`) }) });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: namesQuery(slug).queryKey }),
  });
  const suggestion = !decided && proposed ? proposed : null;
  if (!mayDecide)
    return (
      <span>
        {t(`events.kinds.${countsAs}`)}{" "}
        {suggestion && <span className="muted">({t("events.names.proposed")})</span>}
      </span>
    );
  return (
    <span className="ev-decide">
      <Select
        quiet
        size="sm"
        label={t("events.names.countsOf", { name })}
        value={suggestion ?? countsAs}
        options={kinds.map((id) => ({
          id,
          label: t(`events.kinds.${id}`),
          detail: t(`events.kindDetails.${id}`),
        }))}
        onChange={(choice) => decide.mutate(choice)}
      />
      {suggestion && (
        <Button
          size="sm"
          variant="quiet"
          icon="check"
          aria-label={t("events.names.confirmOf", { name, kind: t(`events.kinds.${suggestion}`) })}
          onPress={() => decide.mutate(suggestion)}
        >
          {t("events.names.confirm")}
        </Button>
      )}
    </span>
  );
}

/** Shows a decision before the server has it. */
function change(slug: string, name: string, to: Partial<EventName>): void {
  queries.setQueryData(namesQuery(slug).queryKey, (names) =>
    names?.map((each) => (each.name === name ? { ...each, ...to } : each)),
  );
}
