import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/dialog.tsx";
import { Banner, ErrorCard } from "../ui/states.tsx";
import { useDeleteWorkspace } from "./use-delete-workspace.ts";

/** Says that the company is invented, and offers its owner to delete it and start clean. */
export function SampleBanner() {
  const { t } = useTranslation();
  const { name } = useWorkspace();
  const isOwner = useMayDo("owner");
  const mayChange = useMayDo("editor");
  const { open, error, dialog } = useDeleteWorkspace();
  const startClean = (
    <Button size="sm" onPress={open}>
      {t("shell.sample.startClean")}
    </Button>
  );
  return (
    <>
      <Banner label={t("shell.sample.label")} end={isOwner && startClean}>
        {t("shell.sample.text", { name })} {mayChange && t("shell.sample.change")}
      </Banner>
      <Confirm
        title={t("shell.sample.confirmTitle")}
        action={t("shell.sample.confirmAction", { name })}
        {...dialog}
      >
        <p className="muted">{t("shell.sample.confirmBody", { name })}</p>
        {error && <ErrorCard title={t("shell.sample.failed")} error={error} />}
      </Confirm>
    </>
  );
}
