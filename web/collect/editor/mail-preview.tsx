import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { useReason } from "../../ui/reason.ts";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { useWidth } from "../../ui/width.ts";
import { mailQuery, type MailPreview as Mail } from "./editor-data.ts";
import { useEditing } from "./editing.ts";
import { useSettled } from "./use-settled.ts";

/** The mail as the server will send it, in a frame where nothing runs. */
export function MailPreview({ isDark, isPhone }: { isDark: boolean; isPhone: boolean }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { survey, draft, language } = useEditing();
  const settled = useSettled(draft, 350);
  const sentence = useReason();
  const mail = useQuery({
    ...mailQuery(slug, survey.id, settled, language),
    placeholderData: (before: Mail | undefined) => before,
  });
  if (mail.isError) {
    return (
      <div className="mail">
        <div className="mail-pad">
          <ErrorCard
            title={t("editor.preview.failed")}
            stillTrue={t("editor.preview.failedRest")}
            error={mail.error}
            onRetry={() => void mail.refetch()}
          />
        </div>
      </div>
    );
  }
  if (!mail.data) {
    return (
      <div className="mail">
        <div className="mail-pad">
          <Ghost lines={[[9, "40%"], [9, "60%"], 180]} />
        </div>
      </div>
    );
  }
  const { from, subject, html } = mail.data;
  // Gaps are filled up, and shown at their fields; here stands what keeps the mail from being read.
  const problems = mail.data.problems.filter(
    ({ blocking, path }) => blocking && path.startsWith(`content.languages.${language}.`),
  );
  return (
    <div className={isPhone ? "mail phone" : "mail"} data-scheme={isDark ? "dark" : "light"}>
      <dl className="mail-h">
        <dt>{t("editor.preview.from")}</dt>
        <dd>{senderName(from)}</dd>
        <dt>{t("editor.preview.subject")}</dt>
        <dd lang={language}>{subject}</dd>
      </dl>
      {problems.length > 0 && (
        <ul className="mail-problems">
          {problems.map((problem) => (
            <li key={problem.path + problem.message}>{sentence(problem)}</li>
          ))}
        </ul>
      )}
      <MailFrame html={html} language={language} isDark={isDark} title={t("editor.preview.frame")} />
    </div>
  );
}

/** "Ines von Larkfield", without the address behind it. */
function senderName(from: string): string {
  return /^\s*"?(.*?)"?\s*<[^>]*>\s*$/.exec(from)?.[1] || from;
}

/** As wide as a mail program on a computer shows a mail. */
const wide = 640;
/** Narrower than this the mail is shown as on a phone, rather than smaller. */
const narrow = 480;

/**
 * Writes a mail into the empty page `mail-frame.html`, whose own content security policy allows styles in elements, as
 * mails have them, and neither scripts nor anything from elsewhere.
 */
export function MailFrame({
  html,
  language,
  isDark,
  title,
}: {
  html: string;
  language: string;
  isDark: boolean;
  title: string;
}) {
  const { ref, width } = useWidth();
  const [page, setPage] = useState<Document>();
  const [height, setHeight] = useState(420);
  const scale = width < narrow ? 1 : Math.min(1, width / wide);
  const onLoad = useCallback((event: React.SyntheticEvent<HTMLIFrameElement>) => {
    setPage(event.currentTarget.contentDocument ?? undefined);
  }, []);
  useEffect(() => {
    if (!page) return undefined;
    write(page, html, { language, isDark });
    const measure = () => setHeight(heightOf(page));
    const observer = new ResizeObserver(measure);
    observer.observe(page.body);
    measure();
    return () => observer.disconnect();
  }, [page, html, language, isDark]);
  return (
    <div className="mail-frame" ref={ref} style={{ height: height * scale }}>
      <iframe
        src="/mail-frame.html"
        title={title}
        sandbox="allow-same-origin"
        style={{ height, width: width / scale, transform: `scale(${scale})` }}
        onLoad={onLoad}
      />
    </div>
  );
}

/** How tall the mail is, whatever margins stand around it. */
function heightOf({ body }: Document): number {
  const bottoms = [body, ...body.children].map((element) => element.getBoundingClientRect().bottom);
  const { marginBottom } = getComputedStyle(body);
  return Math.ceil(Math.max(...bottoms) + Number.parseFloat(marginBottom));
}

/** Puts the mail into the frame, as a mail program with a light or dark look shows it. */
function write(page: Document, html: string, { language, isDark }: { language: string; isDark: boolean }) {
  const root = page.documentElement;
  const holds = isDark ? "(min-width: 0)" : "(max-width: 0)";
  root.innerHTML = html
    .replaceAll(/\(\s*prefers-color-scheme:\s*dark\s*\)/g, holds)
    // Under another address than BASE_URL the pictures would be somebody else's.
    .replaceAll(/https?:\/\/[^"'\s/]+(?=\/img\/[0-9a-f-]{36})/g, "");
  root.lang = language;
  root.dir = /<html[^>]*\sdir="(rtl|ltr)"/.exec(html)?.[1] ?? "";
  root.style.colorScheme = isDark ? "dark" : "light";
  root.style.overflow = "hidden";
  page.title = root.querySelector("title")?.textContent ?? "";
  // A preview leads nowhere: links look as they do and are neither reached by Tab nor followed.
  for (const link of page.querySelectorAll("a")) {
    const { color, textDecoration } = getComputedStyle(link);
    link.removeAttribute("href");
    Object.assign(link.style, { color, textDecoration });
  }
}
