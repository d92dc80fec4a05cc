import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../queries.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form.tsx";
import { useFormat } from "../../ui/format.ts";
import { LanguageTag } from "../../ui/marks.tsx";
import { Menu } from "../../ui/menu.tsx";
import { useNow } from "../../ui/now.ts";
import { Table } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { type ContentItem, removeItem } from "./library-data.ts";

/** The items of one kind; on a phone one under the other. */
export function ItemList({
  label,
  items,
  onEdit,
}: {
  label: string;
  items: readonly ContentItem[];
  onEdit: (item: ContentItem) => void;
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return (
    <Table
      label={label}
      rows={items}
      rowId={({ id }) => id}
      columns={[
        {
          id: "name",
          header: t("library.list.name"),
          cell: ({ name, languages }) => (
            <span className="lib-name">
              <b>{name}</b>
              <span className="faint small">
                {(languages[i18n.language] ?? Object.values(languages)[0])?.title}
              </span>
            </span>
          ),
        },
        {
          id: "languages",
          header: t("library.list.languages"),
          phone: "full",
          cell: ({ languages }) => (
            <span className="lib-tags">
              {Object.keys(languages).map((tag) => (
                <LanguageTag key={tag} tag={tag} />
              ))}
            </span>
          ),
        },
        {
          id: "about",
          header: t("library.list.about"),
          phone: "full",
          phoneLabel: true,
          cell: ({ features, products }) =>
            features.length + products.length === 0 ? (
              <span className="faint">{t("library.list.everybody")}</span>
            ) : (
              [...features, ...products].join(", ")
            ),
        },
        {
          id: "offered",
          header: t("library.list.offered"),
          phone: "full",
          phoneLabel: true,
          cell: (item) => <Offered item={item} />,
        },
        {
          id: "sent",
          header: t("library.list.sent"),
          align: "end",
          phone: "full",
          phoneLabel: true,
          cell: ({ sent }) => format.count(sent),
        },
        {
          id: "menu",
          header: t("surveys.actions.more"),
          quiet: true,
          align: "end",
          cell: (item) => <ItemMenu item={item} onEdit={() => onEdit(item)} />,
        },
      ]}
    />
  );
}

function Offered({ item: { startsAt, endsAt } }: { item: ContentItem }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const now = useNow();
  if (endsAt !== null && new Date(endsAt) <= now)
    return <span className="faint">{t("library.list.over")}</span>;
  const parts = [
    startsAt !== null && new Date(startsAt) > now
      ? t("library.list.from", { day: format.shortDate(startsAt) })
      : undefined,
    // The moment at which it is over belongs to no day on which it is offered.
    endsAt === null
      ? undefined
      : t("library.list.until", { day: format.shortDate(new Date(new Date(endsAt).getTime() - 1)) }),
  ].filter(Boolean);
  return <span className="nowrap">{parts.join(" ") || t("library.list.always")}</span>;
}

function ItemMenu({ item, onEdit }: { item: ContentItem; onEdit: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const [isAsking, setAsking] = useState(false);
  const { id, name, plays } = item;
  const [play] = plays;
  const remove = useMutation({
    mutationFn: () => removeItem(id),
    onSuccess: async (outcome) => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: [slug, "library"] });
      toast({ message: t(`library.remove.${outcome}`, { name }) });
    },
  });
  if (!mayEdit) return null;
  const label = t("library.more", { name });
  return (
    <>
      <Menu
        label={label}
        placement="bottom end"
        trigger={<IconButton icon="more" label={label} />}
        sections={[
          {
            lines: [
              { id: "edit", label: t("library.edit"), icon: "book", onAction: onEdit },
              {
                id: "remove",
                label: t("library.remove.action"),
                icon: "trash",
                danger: play === undefined,
                isDisabled: play !== undefined,
                ...(play && { detail: t("library.remove.inPlay", { name: play.name }) }),
                onAction: () => setAsking(true),
              },
            ],
          },
        ]}
      />
      <Confirm
        title={t("library.remove.title", { name })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        action={t("library.remove.action")}
        isPending={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        <p className="muted">{t("library.remove.body")}</p>
        <FormError error={remove.error} />
      </Confirm>
    </>
  );
}
