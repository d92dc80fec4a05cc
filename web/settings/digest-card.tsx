import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useTimeZone, useWorkspace } from "../session.ts";
import { Card } from "../ui/card.tsx";
import { RadioGroup } from "../ui/choice.tsx";
import { ErrorCard, Ghost, useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";

const rhythms = ["daily", "weekly", "never"] as const;
type Rhythm = (typeof rhythms)[number];

/** How often whoever is signed in gets the digest; everybody chooses for themselves. */
export function DigestCard() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const timeZone = useTimeZone();
  const sentence = useErrorSentence();
  const queryKey = [slug, "digest"];
  const digest = useQuery({ queryKey, queryFn: () => read(api.api.v1.digest.$get()) });
  const choose = useMutation({
    mutationFn: (rhythm: Rhythm) => read(api.api.v1.digest.$put({ json: { rhythm } })),
    onSuccess: (chosen) => {
      queries.setQueryData(queryKey, chosen);
      toast({ message: t("settings.saved") });
    },
    onError: (error: Error) => toast({ message: sentence(error) }),
  });
  return (
    <Card title={t("alerts.digest.title")}>
      <p className="settings-lead">{t("alerts.digest.lead", { timeZone: timeZone ?? "UTC" })}</p>
      {digest.isPending && <Ghost lines={[36, 36, 36]} />}
      {digest.isError && (
        <ErrorCard
          title={t("settings.loadFailed")}
          error={digest.error}
          onRetry={() => void digest.refetch()}
        />
      )}
      {digest.data && (
        <div className="form">
          <RadioGroup<Rhythm>
            label={t("alerts.digest.rhythm")}
            value={choose.isPending ? choose.variables : digest.data.rhythm}
            onChange={(rhythm) => choose.mutate(rhythm)}
            options={rhythms.map((id) => ({ id, label: t(`alerts.digest.rhythms.${id}`) }))}
          />
        </div>
      )}
    </Card>
  );
}
