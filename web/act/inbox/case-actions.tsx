import { useTranslation } from "react-i18next";
import { useSession, useWorkspace } from "../../session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { type Case, type CaseChange, changeCase, useOwners } from "./inbox-data.ts";

/** Does something to a case, says so, and lets it be undone; what went wrong is said, too. */
export function useChangeCase() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const failed = (error: unknown) => toast({ message: sentence(error), tone: "warning" });
  return async (id: string, change: CaseChange, said?: { message: string; undo: CaseChange }) => {
    try {
      await changeCase(slug, id, change);
    } catch (error) {
      failed(error);
      return;
    }
    if (!said) return;
    const undo = async () => {
      await changeCase(slug, id, said.undo).catch(failed);
      toast({ message: t("ui.undone") });
    };
    toast({ message: said.message, undo });
  };
}

/** What undoes a change of state: the state it was in. */
export function stateOf(row: Case): CaseChange {
  return row.state === "snoozed" && row.snoozedUntil
    ? { state: "snoozed", snoozedUntil: row.snoozedUntil }
    : { state: row.state };
}

/** Pass on: to another member, or to nobody. */
export function OwnerMenu({ row }: { row: Case }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { person } = useSession();
  const change = useChangeCase();
  const owners = useOwners(slug);
  const undo = { ownerId: row.owner?.id ?? null };
  const lines = owners.map(({ id, name }) => ({
    id,
    label: id === person?.id ? t("inbox.owner.me", { name }) : name,
    icon: id === row.owner?.id ? ("check" as const) : ("person" as const),
    onAction: () =>
      void change(row.id, { ownerId: id }, { message: t("inbox.owner.passed", { name }), undo }),
  }));
  const nobody = {
    id: "nobody",
    label: t("inbox.owner.nobody"),
    icon: row.owner === null ? ("check" as const) : ("minus" as const),
    onAction: () => void change(row.id, { ownerId: null }, { message: t("inbox.owner.freed"), undo }),
  };
  return (
    <Menu
      trigger={
        <Button size="sm" iconEnd="chevronDown">
          {t("inbox.owner.passOn")}
        </Button>
      }
      label={t("inbox.owner.passOn")}
      placement="top end"
      sections={[{ title: t("inbox.owner.title"), lines: [...lines, nobody] }]}
    />
  );
}

/** What can be done besides replying: later, done, open again. */
export function StateMenu({ row, onClose }: { row: Case; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useChangeCase();
  const undo = stateOf(row);
  const snooze = (id: "tomorrow" | "three" | "week", days: number) => ({
    id,
    label: t(`inbox.snooze.${id}`),
    icon: "clock" as const,
    onAction: () =>
      void change(
        row.id,
        { state: "snoozed", snoozedUntil: morningIn(days) },
        { message: t("inbox.snooze.done"), undo },
      ),
  });
  const states = [
    ...(row.state === "closed"
      ? []
      : [{ id: "close", label: t("inbox.close"), icon: "check" as const, onAction: onClose }]),
    ...(row.state === "open"
      ? [
          {
            id: "wait",
            label: t("inbox.wait"),
            onAction: () => void change(row.id, { state: "waiting" }, { message: t("inbox.waits"), undo }),
          },
        ]
      : [
          {
            id: "open",
            label: t("inbox.reopen"),
            icon: "undo" as const,
            onAction: () => void change(row.id, { state: "open" }, { message: t("inbox.reopened"), undo }),
          },
        ]),
  ];
  return (
    <Menu
      trigger={<IconButton icon="more" label={t("inbox.actions")} />}
      label={t("inbox.actions")}
      placement="bottom end"
      sections={[
        { lines: states },
        ...(row.state === "closed"
          ? []
          : [
              {
                title: t("inbox.snooze.title"),
                lines: [snooze("tomorrow", 1), snooze("three", 3), snooze("week", 7)],
              },
            ]),
      ]}
    />
  );
}

/** Nine in the morning, so many days from now, where the member sits. */
function morningIn(days: number): string {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(9, 0, 0, 0);
  return at.toISOString();
}
