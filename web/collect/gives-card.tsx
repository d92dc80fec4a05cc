import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useFormat } from "../ui/format.ts";
import { segmentOf } from "../ui/marks.tsx";
import { Alert, useErrorSentence } from "../ui/states.tsx";
import { countPreview, type PreviewCounts } from "./count-preview.ts";
import type { Mapping, Preview } from "./imports-data.ts";
import { isListOfCustomers } from "./mapping-draft.ts";

/** What the first rows would give with this mapping, as it changes; and the button that starts. */
export function GivesCard({
  preview,
  draft,
  isPending,
  error,
  onStart,
  onDiscard,
  children,
}: {
  preview: Preview;
  draft: Mapping;
  isPending: boolean;
  error: unknown;
  onStart: () => void;
  onDiscard: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const sentence = useErrorSentence();
  const isList = isListOfCustomers(draft);
  const counts = countPreview(preview, draft.score, draft.noAnswer);
  return (
    <Card
      className="im-gives"
      title={t("imports.mapping.gives")}
      sub={counts && t("imports.mapping.givesSub", { count: counts.rows })}
    >
      <div className="form">
        <div aria-live="polite">
          {counts ? (
            <Counts counts={counts} />
          ) : (
            <p className="muted">
              {t(isList ? "imports.mapping.listOfCustomers" : "imports.mapping.chooseScore")}
            </p>
          )}
        </div>
        {children}
        {error !== null && error !== undefined && (
          <Alert tone="det" title={t("imports.mapping.startError")}>
            {sentence(error)}
          </Alert>
        )}
        <div className="form-foot">
          <Button
            variant="primary"
            isDisabled={draft.score === undefined && !isList}
            isPending={isPending}
            onPress={onStart}
          >
            {t(isList ? "imports.mapping.startList" : "imports.mapping.start")}
          </Button>
          <Button variant="quiet" onPress={onDiscard}>
            {t("imports.mapping.discard")}
          </Button>
        </div>
      </div>
    </Card>
  );
}

function Counts({ counts }: { counts: PreviewCounts }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <>
      <Histogram scores={counts.scores} />
      <dl className="im-facts">
        <div>
          <dt>{t("imports.mapping.answers")}</dt>
          <dd className="strong">{count(counts.answers)}</dd>
        </div>
        <div>
          <dt>{t("imports.mapping.unanswered")}</dt>
          <dd>{count(counts.unanswered)}</dd>
        </div>
        <div className={counts.failing > 0 ? "bad" : ""}>
          <dt>
            {t("imports.mapping.failing")}
            {counts.failing > 0 && (
              <small>
                {t("imports.mapping.failingWhy", { values: counts.badValues.slice(0, 5).join(", ") })}
              </small>
            )}
          </dt>
          <dd>{count(counts.failing)}</dd>
        </div>
      </dl>
    </>
  );
}

/** Eleven bars: at a glance, is this the right column? */
function Histogram({ scores }: { scores: number[] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...scores);
  return (
    <ol className="im-bars" aria-label={t("imports.mapping.histogram")}>
      {scores.map((n, score) => (
        <li key={score} aria-label={t("imports.mapping.histogramOf", { score, count: n })}>
          <span className={`im-bar ${segmentOf(score)}`} style={{ height: `${(64 * n) / most}px` }} />
          <span aria-hidden="true">{score}</span>
        </li>
      ))}
    </ol>
  );
}
