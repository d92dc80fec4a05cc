import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { useShortcut } from "../../ui/shortcuts.ts";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { ItemDialog } from "./item-dialog.tsx";
import { ItemList } from "./item-list.tsx";
import { contentKinds, type ContentItem, libraryQuery } from "./library-data.ts";
import "./library.css";

/** What plays send, by kind. */
export function Library() {
  const { t } = useTranslation();
  const mayEdit = useMayDo("editor");
  const [open, setOpen] = useState<ContentItem | "new">();
  useShortcut("n", () => setOpen("new"), mayEdit && open === undefined);
  return (
    <>
      <PageHeader
        title={t("library.title")}
        actions={
          mayEdit && (
            <Button variant="primary" icon="plus" shortcut="N" onPress={() => setOpen("new")}>
              {t("library.create")}
            </Button>
          )
        }
      >
        {t("library.lead")}
      </PageHeader>
      <Items onEdit={setOpen} />
      {open && <ItemDialog item={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Items({ onEdit }: { onEdit: (item: ContentItem | "new") => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const { data, error, refetch } = useQuery(libraryQuery(slug));
  if (!data) {
    return (
      <Card label={t("library.title")}>
        {error ? (
          <ErrorCard title={t("library.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[36, 36, 36]} />
        )}
      </Card>
    );
  }
  if (data.length === 0) {
    return (
      <Card label={t("library.title")}>
        <EmptyState
          icon="book"
          roomy
          title={t("library.empty.title")}
          action={
            mayEdit && (
              <Button variant="primary" onPress={() => onEdit("new")}>
                {t("library.create")}
              </Button>
            )
          }
        >
          {t(mayEdit ? "library.empty.body" : "library.empty.viewer")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="lib">
      {contentKinds.map((kind) => {
        const items = data.filter((item) => item.kind === kind);
        if (items.length === 0) return null;
        return (
          <Card key={kind} flush title={t(`library.kinds.${kind}`)}>
            <ItemList label={t(`library.kinds.${kind}`)} items={items} onEdit={onEdit} />
          </Card>
        );
      })}
    </div>
  );
}
