import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Note } from "../../ui/card.tsx";
import { copyText } from "../../ui/copy.ts";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { linkQuery, type SurveyDetails } from "./survey-data.ts";

/** The public link, and its QR code for paper. */
export function LinkCard({ survey }: { survey: SurveyDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(linkQuery(slug, survey.id));
  const hint = useHint(survey);
  return (
    <Card span={7} title={t("surveys.link.title")} sub={t("surveys.link.sub")}>
      {data ? (
        <div className="sv-link">
          <div>
            <p className="muted">{hint ?? t("surveys.link.body")}</p>
            <code className="sv-box" aria-label={t("surveys.link.address")}>
              {data.url}
            </code>
            <div className="actions">
              <Button size="sm" icon="copy" onPress={() => void copyText(data.url)}>
                {t("surveys.link.copy")}
              </Button>
              <Button
                size="sm"
                icon="download"
                onPress={() => saveFile(data.qr, "image/svg+xml", `${survey.name}.svg`)}
              >
                {t("surveys.link.download")}
              </Button>
            </div>
          </div>
          <div className="sv-qr">
            <img
              src={`data:image/svg+xml,${encodeURIComponent(data.qr)}`}
              alt={t("surveys.link.qr", { url: data.url })}
            />
          </div>
        </div>
      ) : error ? (
        <>
          {hint && <Note>{hint}</Note>}
          <ErrorCard title={t("surveys.link.error")} error={error} onRetry={() => void refetch()} />
        </>
      ) : (
        <Ghost lines={[14, 40, 28]} />
      )}
    </Card>
  );
}

/** Why the link does not work now, if it does not. */
function useHint({ published, state }: SurveyDetails) {
  const { t } = useTranslation();
  if (!published || state === "draft") return t("surveys.link.notYet");
  if (!published.settings.channels.link) return t("surveys.link.off");
  return state === "live" ? undefined : t("surveys.link.notNow");
}

function saveFile(text: string, type: string, name: string) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
