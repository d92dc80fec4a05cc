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
import { Confirm } from "../ui/dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { FormError } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { CreateKeyDialog, scopeWords } from "./create-key-dialog.tsx";

/** A key as it can still be seen: never the key itself. */
type ApiKey = InferResponseType<(typeof api.api.v1)["api-keys"]["$get"], 200>["apiKeys"][number];

/** Keys for programs: create, see once, revoke. */
export function ApiKeysPage() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayChange = useMayDo("admin");
  const search = useSearch({ strict: false }) as { do?: string };
  const navigate = useNavigate();
  const [isCreating, setCreating] = useState(false);
  const keys = useQuery({
    queryKey: [slug, "api-keys"],
    queryFn: () => read(api.api.v1["api-keys"].$get()),
    enabled: mayChange,
  });
  if (!mayChange) {
    return (
      <Card title={t("settings.keys.title")}>
        <Note>{t("settings.noPermission")}</Note>
      </Card>
    );
  }
  const create = (
    <Button size="sm" icon="key" onPress={() => setCreating(true)}>
      {t("settings.keys.create")}
    </Button>
  );
  const list = keys.data?.apiKeys ?? [];
  return (
    <>
      <Card flush title={t("settings.keys.title")} end={create}>
        <div className="card-body">
          <p className="muted">{t("settings.keys.lead")}</p>
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
          <EmptyState icon="key" title={t("settings.keys.empty")} roomy>
            {t("settings.keys.emptyBody")}
          </EmptyState>
        )}
        <ul className="row-list">
          {list.map((apiKey) => (
            <KeyRow key={apiKey.id} apiKey={apiKey} />
          ))}
        </ul>
      </Card>
      <CreateKeyDialog
        isOpen={isCreating || search.do === "create"}
        onClose={() => {
          setCreating(false);
          void navigate({ href: `/${slug}/settings/api-keys`, replace: true });
        }}
      />
    </>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const { id, name, start, scopes, createdAt, lastUsedAt } = apiKey;
  const revoke = useMutation({
    mutationFn: () => api.api.v1["api-keys"][":id"].$delete({ param: { id } }),
    onSuccess: async () => {
      setOpen(false);
      await queries.invalidateQueries({ queryKey: [slug, "api-keys"] });
      toast({ message: t("settings.keys.revoked", { name }) });
    },
  });
  const facts = [
    scopes.map((scope) => t(`settings.keys.scopeNames.${scopeWords[scope]}`)).join(", "),
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
          {name} {start && <span className="mono">{start}…</span>}
        </b>
        <span>{facts.join(" · ")}</span>
      </div>
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
        <p className="muted">{t("settings.keys.revokeBody")}</p>
        <FormError error={revoke.error} />
      </Confirm>
    </li>
  );
}
