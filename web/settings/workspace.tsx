import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isShownAtFields, problemOf } from "../accounts/problems.ts";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import {
  refreshSession,
  useMayDo,
  useWorkspace,
  workspaceQuery,
  type WorkspaceSettings,
} from "../session.ts";
import { useDeleteWorkspace } from "../shell/use-delete-workspace.ts";
import { Button } from "../ui/button.tsx";
import { Card, Note } from "../ui/card.tsx";
import { Confirm } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { ErrorCard, Ghost } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { TimeZoneField } from "./time-zone-field.tsx";

/** Name and time zone of the workspace; its owner can delete it. */
export function WorkspacePage() {
  const { t } = useTranslation();
  const { slug, sample } = useWorkspace();
  const isOwner = useMayDo("owner");
  const settings = useQuery(workspaceQuery(slug));
  return (
    <>
      <Card title={t("settings.workspace.title")}>
        {settings.isPending && <Ghost lines={[[9, "20%"], 36, [9, "20%"], 36]} />}
        {settings.isError && (
          <ErrorCard
            title={t("settings.loadFailed")}
            error={settings.error}
            onRetry={() => void settings.refetch()}
          />
        )}
        {settings.data && <WorkspaceForm settings={settings.data} />}
      </Card>
      {isOwner && !sample && <DeleteWorkspace />}
    </>
  );
}

function WorkspaceForm({ settings }: { settings: WorkspaceSettings }) {
  const { t } = useTranslation();
  const mayChange = useMayDo("admin");
  const [timeZone, setTimeZone] = useState(settings.timeZone);
  const change = useMutation({
    mutationFn: ({ name = "" }: Record<string, string>) =>
      read(api.api.v1.workspace.$patch({ json: { name, timeZone } })),
    onSuccess: async () => {
      await Promise.all([refreshSession(), queries.invalidateQueries({ queryKey: [settings.slug] })]);
      toast({ message: t("settings.saved") });
    },
  });
  return (
    <Form onSubmit={(values) => change.mutate(values)}>
      <TextField
        name="name"
        label={t("settings.workspace.name")}
        defaultValue={settings.name}
        error={problemOf(change.error, "name")}
        isDisabled={!mayChange}
        isRequired
      />
      <TimeZoneField value={timeZone} onChange={setTimeZone} isDisabled={!mayChange} />
      <TextField
        label={t("settings.workspace.address")}
        hint={t("settings.workspace.addressHint")}
        value={settings.slug}
        isReadOnly
      />
      {!isShownAtFields(change.error, ["name"]) && <FormError error={change.error} />}
      {mayChange ? (
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={change.isPending}>
            {t("settings.save")}
          </Button>
        </div>
      ) : (
        <Note>{t("settings.noPermission")}</Note>
      )}
    </Form>
  );
}

function DeleteWorkspace() {
  const { t } = useTranslation();
  const { name } = useWorkspace();
  const [typed, setTyped] = useState("");
  const { open, error, dialog } = useDeleteWorkspace();
  return (
    <Card title={t("settings.workspace.deleteTitle")}>
      <p className="settings-lead">{t("settings.workspace.deleteBody", { name })}</p>
      <Button danger onPress={open}>
        {t("settings.workspace.deleteAction", { name })}
      </Button>
      <Confirm
        title={t("settings.workspace.deleteTitle")}
        action={t("settings.workspace.deleteAction", { name })}
        isReady={typed.trim() === name}
        {...dialog}
      >
        <p className="settings-lead">{t("settings.workspace.deleteBody", { name })}</p>
        <TextField
          label={t("settings.workspace.deleteConfirm", { name })}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
        />
        <FormError error={error} />
      </Confirm>
    </Card>
  );
}
