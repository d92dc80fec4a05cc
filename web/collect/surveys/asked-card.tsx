import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { Card, Note } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { enough } from "./enough.ts";
import type { SurveyDetails, SurveyResults } from "./survey-data.ts";

/** Who was asked and who answered: the response rate, and what became of answers afterwards. */
export function AskedCard({
  survey,
  results,
  isRange,
}: {
  survey: SurveyDetails;
  results: SurveyResults;
  isRange: boolean;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  const { invited, answered, n, changes, setAside } = results;
  return (
    <Card
      span={5}
      title={t("surveys.asked.title")}
      end={
        invited > 0 && (
          <Link href={`/${slug}/invitations?survey=${survey.id}`}>{t("surveys.asked.seeInvitations")}</Link>
        )
      }
    >
      <Rate survey={survey} results={results} />
      <dl className="sv-facts">
        {invited > 0 && <Fact name={t("surveys.asked.invited")} value={format.count(invited)} />}
        {invited > 0 && !survey.anonymous && (
          <Fact name={t("surveys.asked.answered")} value={format.count(answered)} />
        )}
        {/* Of some days this cannot be said: the invited may have answered on other ones. */}
        {invited > 0 && !survey.anonymous && !isRange && (
          <Fact name={t("surveys.asked.otherWays")} value={format.count(Math.max(0, n - answered))} />
        )}
        <Fact
          name={t("surveys.asked.changes")}
          detail={t("surveys.asked.changesDetail")}
          value={format.count(changes)}
        />
        <Fact name={t("surveys.asked.setAside")} value={format.count(setAside.total)} />
      </dl>
      {isRange && <Note>{t("surveys.asked.rangeNote")}</Note>}
    </Card>
  );
}

function Rate({
  survey,
  results: { responseRate, invited },
}: {
  survey: SurveyDetails;
  results: SurveyResults;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (invited === 0) return <p className="muted">{t("surveys.asked.nobody")}</p>;
  if (survey.anonymous) return <p className="muted">{t("surveys.asked.anonymous")}</p>;
  if (!responseRate || responseRate.n < enough) {
    return (
      <p className="sv-asked-rate">
        <span className="big faint">–</span>
        <span className="ci">{t("surveys.asked.few")}</span>
      </p>
    );
  }
  const { share, low, high, n } = responseRate;
  return (
    <p className="sv-asked-rate">
      <span className="big">{format.share(share)}</span>
      <span className="ci">{format.shareInterval([low, high])}</span>
      <span className="muted">{t("surveys.asked.rateOf", { count: n })}</span>
    </p>
  );
}

function Fact({ name, detail, value }: { name: string; detail?: string; value: string }) {
  return (
    <div>
      <dt>
        {name}
        {detail && <small>{detail}</small>}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
