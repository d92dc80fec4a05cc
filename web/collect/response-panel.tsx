import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../session.ts";
import { IconButton, Kbd } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { LanguageTag, ScoreChip } from "../ui/marks.tsx";
import { EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { isGone } from "../api.ts";
import { channelName } from "./channel-name.ts";
import { ResponseChanges } from "./response-changes.tsx";
import { ResponseFacts } from "./response-facts.tsx";
import { ResponseHistory } from "./response-history.tsx";
import { nameOf, responseQuery, type Response } from "./responses-data.ts";
import type { OpenedRow } from "./use-address.ts";

/** The open response: beside the table where there is room, otherwise over it. */
export function ResponsePanel({
  opened,
  rows,
  isBeside,
}: {
  opened: OpenedRow;
  rows: readonly Response[];
  isBeside: boolean;
}) {
  const { t } = useTranslation();
  const row = rows.find(({ id }) => id === opened.open?.id);
  if (isBeside) {
    return (
      <aside className="rs-panel" aria-label={t("responses.detail.title")}>
        <div className="rs-panel-h">
          <Moves opened={opened} />
          <IconButton icon="close" label={t("responses.detail.close")} onPress={opened.close} />
        </div>
        <Detail opened={opened} row={row} />
      </aside>
    );
  }
  return (
    <Dialog shape="side" title={t("responses.detail.title")} isOpen onClose={opened.close}>
      <div className="rs-panel-h">
        <Moves opened={opened} />
      </div>
      <Detail opened={opened} row={row} />
    </Dialog>
  );
}

function Moves({ opened }: { opened: OpenedRow }) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton
        icon="chevronUp"
        label={t("responses.detail.previous")}
        isDisabled={!opened.canGoBack}
        onPress={() => opened.move(-1)}
      />
      <IconButton
        icon="chevronDown"
        label={t("responses.detail.next")}
        isDisabled={!opened.canGoOn}
        onPress={() => opened.move(1)}
      />
      <span className="keys small faint">
        <Kbd>J</Kbd> <Kbd>K</Kbd> {t("ui.table.toMove")}
      </span>
      <span className="rs-end">
        <IconButton
          icon="link"
          label={t("responses.detail.copyLink")}
          onPress={() => void copyText(location.href)}
        />
      </span>
    </>
  );
}

function Detail({ opened, row }: { opened: OpenedRow; row: Response | undefined }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { id = "", customer = "" } = opened.open ?? {};
  const { data, error, refetch } = useQuery(responseQuery(slug, id, customer));
  const response = data ?? row;
  if (!response && isGone(error)) {
    return (
      <div className="rs-detail">
        <EmptyState icon="speech" title={t("responses.goneTitle")}>
          {t("responses.goneBody")}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="rs-detail" aria-live="polite">
      {response ? (
        <Answer response={response} />
      ) : (
        !error && <Ghost lines={[[44, "44px"], 20, [20, "80%"]]} />
      )}
      {error && <ErrorCard title={t("responses.openError")} error={error} onRetry={() => void refetch()} />}
      {data ? (
        <>
          <ResponseChanges response={data} />
          <ResponseHistory response={data} addressOf={opened.addressOf} />
          <ResponseFacts response={data} />
        </>
      ) : (
        !error && <Ghost lines={[[14, "50%"], 14, [14, "90%"], 14]} />
      )}
    </div>
  );
}

function Answer({ response }: { response: Response }) {
  const { t } = useTranslation();
  const { dateTime } = useFormat(useTimeZone());
  const { score, comment, language, channel, at, customer } = response;
  return (
    <article className="rs-answer">
      <ScoreChip score={score} large />
      <div>
        <h2>{nameOf(customer) ?? t("responses.anonymous")}</h2>
        <p className="small faint rs-meta">
          {customer.account?.name && <span>{customer.account.name}</span>}
          <span>{channelName(t, channel)}</span>
          <time dateTime={at}>{dateTime(at)}</time>
          {language && <LanguageTag tag={language} />}
        </p>
        {!customer.verified && <p className="small faint">{t("responses.detail.unverified")}</p>}
      </div>
      {comment === null ? (
        <p className="faint rs-words">{t("responses.noComment")}</p>
      ) : (
        <blockquote className="rs-words" {...(language && { lang: language })}>
          {comment}
        </blockquote>
      )}
    </article>
  );
}
