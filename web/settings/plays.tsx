import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useMayDo, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card, Note } from "../ui/card.tsx";
import { FormError } from "../ui/form.tsx";
import { useFormat } from "../ui/format.ts";
import { Slider } from "../ui/slider.tsx";
import { ErrorCard, Ghost } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";

/** How the workspace acts beyond one play: the customers whom no play contacts. */
export function PlaysSettingsPage() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const settings = useQuery({
    queryKey: [slug, "act-settings"],
    queryFn: () => read(api.api.v1["act-settings"].$get()),
  });
  return (
    <Card title={t("settings.plays.title")}>
      {settings.isPending && <Ghost lines={[[9, "40%"], 28, [9, "80%"]]} />}
      {settings.isError && (
        <ErrorCard
          title={t("settings.loadFailed")}
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      )}
      {settings.data && <Holdout share={settings.data.permanentHoldout} />}
    </Card>
  );
}

function Holdout({ share }: { share: number }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  const mayChange = useMayDo("admin");
  const [percent, setPercent] = useState(Math.round(100 * share));
  const save = useMutation({
    mutationFn: () => read(api.api.v1["act-settings"].$put({ json: { permanentHoldout: percent / 100 } })),
    onSuccess: async (saved) => {
      queries.setQueryData([slug, "act-settings"], saved);
      await queries.invalidateQueries({ queryKey: [slug, "play"] });
      toast({ message: t("settings.saved") });
    },
  });
  if (!mayChange) {
    return (
      <>
        <p>{t("settings.plays.share", { share: format.percent(share) })}</p>
        <Note>{t("settings.noPermission")}</Note>
      </>
    );
  }
  return (
    <div className="form">
      <p className="muted">{t("settings.plays.lead")}</p>
      <Slider
        label={t("settings.plays.holdout")}
        value={percent}
        min={0}
        max={50}
        step={1}
        written={format.percent(percent / 100)}
        onChange={setPercent}
      />
      <Note>{t(percent === 0 ? "settings.plays.none" : "settings.plays.change")}</Note>
      <FormError error={save.error} />
      <div className="form-foot">
        <Button
          variant="primary"
          isDisabled={percent === Math.round(100 * share)}
          isPending={save.isPending}
          onPress={() => save.mutate()}
        >
          {t("settings.save")}
        </Button>
      </div>
    </div>
  );
}
