import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api.ts";
import { queries } from "../queries.ts";
import { homeOf, refreshSession, useMayDo, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/dialog.tsx";
import { Banner, ErrorCard } from "../ui/states.tsx";

/** Says that the company is invented, and offers its owner to delete it and start clean. */
export function SampleBanner() {
  const { t } = useTranslation();
  const { name } = useWorkspace();
  const isOwner = useMayDo("owner");
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const startClean = useMutation({
    mutationFn: () => api.api.v1.workspace.$delete(),
    onSuccess: async () => {
      setOpen(false);
      const session = await refreshSession();
      await navigate({ href: homeOf(session) });
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
  const open = (
    <Button size="sm" onPress={() => setOpen(true)}>
      {t("shell.sample.startClean")}
    </Button>
  );
  return (
    <>
      <Banner label={t("shell.sample.label")} end={isOwner && open}>
        {t("shell.sample.text", { name })}
      </Banner>
      <Confirm
        title={t("shell.sample.confirmTitle")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        action={t("shell.sample.confirmAction", { name })}
        isPending={startClean.isPending}
        onConfirm={() => startClean.mutate()}
      >
        <p className="muted">{t("shell.sample.confirmBody", { name })}</p>
        {startClean.isError && <ErrorCard title={t("shell.sample.failed")} error={startClean.error} />}
      </Confirm>
    </>
  );
}
