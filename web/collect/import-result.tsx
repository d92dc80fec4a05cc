import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../session.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Card, PageHeader } from "../ui/card.tsx";
import { Confirm } from "../ui/dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { useReason } from "../ui/reason.ts";
import { Alert, useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { responsesAddress } from "./addresses.ts";
import { ImportCounts } from "./import-counts.tsx";
import { ImportFailures } from "./import-failures.tsx";
import { isListImported, type Import } from "./imports-data.ts";

/** What came of an import, and the way to take it back. */
export function ImportResult({ one }: { one: Import }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const reason = useReason();
  const crumbs = [{ label: t("imports.title"), href: `/${slug}/import` }];
  const { name, rowsStored: count } = one;
  const title =
    one.state === "undone"
      ? t("imports.done.undone", { name })
      : one.state === "failed"
        ? t("imports.done.failedTitle", { name })
        : t(isListImported(one) ? "imports.done.customers" : "imports.done.title", { name, count });
  return (
    <>
      <PageHeader title={title} crumbs={crumbs} actions={<Actions one={one} />}>
        <Body one={one} />
      </PageHeader>
      <div className="stackcol">
        {one.state === "failed" && (
          <Card label={title}>
            <Alert tone="det" title={one.error ? reason(one.error) : title}>
              {t("imports.done.failedBody")}
            </Alert>
          </Card>
        )}
        <Card label={t("imports.title")} className="im-result">
          <ImportCounts one={one} />
        </Card>
        {one.rowsFailed > 0 && one.state !== "undone" && <ImportFailures one={one} />}
      </div>
    </>
  );
}

function Body({ one }: { one: Import }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  if (one.state === "undone")
    return t(isListImported(one) ? "imports.done.undoneList" : "imports.done.undoneBody");
  const when = format.dateTime(one.finishedAt ?? one.createdAt);
  return isListImported(one)
    ? t("imports.done.customersBody", { when })
    : t("imports.done.body", { when, survey: one.survey?.name ?? "" });
}

function Actions({ one }: { one: Import }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayUndo = useMayDo("editor");
  if (one.state === "undone") {
    return (
      <ButtonLink variant="primary" href={`/${slug}/import`}>
        {t("imports.done.again")}
      </ButtonLink>
    );
  }
  if (isListImported(one)) {
    return (
      <>
        {mayUndo && one.rowsStored > 0 && <Undo one={one} />}
        <ButtonLink variant="primary" href={`/${slug}/surveys`}>
          {t("imports.done.surveys")}
        </ButtonLink>
      </>
    );
  }
  const survey = one.survey?.id;
  return (
    <>
      {mayUndo && one.rowsStored > 0 && <Undo one={one} />}
      <ButtonLink href={responsesAddress(slug, { survey })}>{t("imports.done.responses")}</ButtonLink>
      <ButtonLink variant="primary" href={`/${slug}/overview${survey ? `?survey=${survey}` : ""}`}>
        {t("imports.done.overview")}
      </ButtonLink>
    </>
  );
}

function Undo({ one }: { one: Import }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const sentence = useErrorSentence();
  const [isAsking, setAsking] = useState(false);
  const undo = useMutation({
    mutationFn: () => read(api.api.v1.imports[":id"].undo.$post({ param: { id: one.id } })),
    onSuccess: (changed) => {
      cache.setQueryData([slug, "import", one.id], changed);
      toast({ message: t("imports.done.undoStarted") });
    },
    onError: (error) =>
      toast({ message: `${t("imports.done.undoError")} ${sentence(error)}`, tone: "warning" }),
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Button variant="quiet" danger icon="undo" onPress={() => setAsking(true)}>
        {t("imports.done.undo")}
      </Button>
      <Confirm
        title={t("imports.done.undoTitle")}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => undo.mutate()}
        action={t("imports.done.undo")}
        isPending={undo.isPending}
      >
        <p>
          {isListImported(one)
            ? t("imports.done.undoList")
            : t("imports.done.undoBody", { count: one.rowsStored })}
        </p>
      </Confirm>
    </>
  );
}
