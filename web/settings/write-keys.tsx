import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { InferResponseType } from "hono/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useMayDo, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card, Note } from "../ui/card.tsx";
import { copyText } from "../ui/copy.ts";
import { Confirm } from "../ui/dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { FormError } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { CreateWriteKeyDialog } from "./create-write-key-dialog.tsx";

type WriteKey = InferResponseType<(typeof api.api.v1)["write-keys"]["$get"], 200>["writeKeys"][number];

/** Keys for programs and pages that send events: create, see, revoke. */
export function WriteKeysPage() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayChange = useMayDo("admin");
  const search = useSearch({ strict: false }) as { do?: string };
  const navigate = useNavigate();
  const [isCreating, setCreating] = useState(false);
  const keys = useQuery({
    queryKey: [slug, "write-keys"],
    queryFn: () => read(api.api.v1["write-keys"].$get()),
    enabled: mayChange,
  });
  if (!mayChange) {
    return (
      <Card title={t("settings.writeKeys.title")}>
        <Note>{t("settings.noPermission")}</Note>
      </Card>
    );
  }
  const create = (
    <Button size="sm" icon="key" onPress={() => setCreating(true)}>
      {t("settings.writeKeys.create")}
    </Button>
  );
  const list = keys.data?.writeKeys ?? [];
  return (
    <>
      <Card flush title={t("settings.writeKeys.title")} end={create}>
        <div className="card-body">
          <p className="muted">{t("settings.writeKeys.lead")}</p>
          {keys.isPending && <Ghost lines={[36, 36]} />}
          {keys.isError && (
            <ErrorCard
              title={t("settings.loadFailed")}
              error={keys.error}
              onRetry={() => void keys.refetch()}
            />
          )}
        </div>
        {keys.data && list.length === 0 && (
          <EmptyState icon="key" title={t("settings.writeKeys.empty")} roomy>
            {t("settings.writeKeys.emptyBody")}
          </EmptyState>
        )}
        <ul className="row-list">
          {list.map((writeKey) => (
            <KeyRow key={writeKey.id} writeKey={writeKey} />
          ))}
        </ul>
      </Card>
      <CreateWriteKeyDialog
        isOpen={isCreating || search.do === "create"}
        onClose={() => {
          setCreating(false);
          void navigate({ href: `/${slug}/settings/write-keys`, replace: true });
        }}
      />
    </>
  );
}

function KeyRow({ writeKey }: { writeKey: WriteKey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const { id, name, start, key, trusted, createdAt, lastUsedAt } = writeKey;
  const revoke = useMutation({
    mutationFn: () => api.api.v1["write-keys"][":id"].$delete({ param: { id } }),
    onSuccess: async () => {
      setOpen(false);
      await queries.invalidateQueries({ queryKey: [slug, "write-keys"] });
      toast({ message: t("settings.keys.revoked", { name }) });
    },
  });
  const facts = [
    t(trusted ? "settings.writeKeys.server" : "settings.writeKeys.page"),
    t("settings.keys.created", { date: format.date(createdAt) }),
    lastUsedAt
      ? t("settings.keys.lastUsed", { date: format.dateTime(lastUsedAt) })
      : t("settings.keys.neverUsed"),
  ];
  return (
    <li>
      <span className="muted">
        <Icon name="key" />
      </span>
      <div className="words">
        <b>
          {name} <span className="mono">{start}…</span>
        </b>
        <span>{facts.join(" · ")}</span>
      </div>
      {key && (
        <Button
          size="sm"
          variant="quiet"
          icon="copy"
          aria-label={t("settings.writeKeys.copyOf", { name })}
          onPress={() => void copyText(key)}
        >
          {t("settings.writeKeys.copy")}
        </Button>
      )}
      <Button
        size="sm"
        variant="quiet"
        aria-label={t("settings.keys.revokeOf", { name })}
        onPress={() => setOpen(true)}
      >
        {t("settings.keys.revoke")}
      </Button>
      <Confirm
        title={t("settings.keys.revokeTitle", { name })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        action={t("settings.keys.revoke")}
        isPending={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      >
        <p className="muted">{t("settings.writeKeys.revokeBody")}</p>
        <FormError error={revoke.error} />
      </Confirm>
    </li>
  );
}
