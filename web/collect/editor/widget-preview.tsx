import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button.tsx";
import { segmentOf } from "../../ui/marks.tsx";
import { filled, said } from "./draft.ts";
import { useEditing } from "./editing.ts";

const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** The widget as a visitor meets it. A click on a number shows what comes next: the follow-up, the choices, the thank-you. */
export function WidgetPreview({ isDark }: { isDark: boolean }) {
  const { t } = useTranslation();
  const { draft, shipped, language } = useEditing();
  const [score, setScore] = useState<number>();
  const [isSent, setSent] = useState(false);
  const { content } = draft;
  const words = (path: string) => {
    const text =
      said(content, shipped, language, path) ?? said(content, shipped, content.language, path) ?? "";
    return filled(text, content.company).replaceAll("{score}", String(score ?? ""));
  };
  const restart = () => {
    setScore(undefined);
    setSent(false);
  };
  return (
    <div className="browser" data-scheme={isDark ? "dark" : "light"}>
      <div className="browser-h" aria-hidden="true">
        <i />
        <i />
        <i />
        <span>{t("editor.preview.address")}</span>
      </div>
      <div className="stage-w">
        <div className="stage-ghosts" aria-hidden="true">
          {["g1", "g2", "g3", "g4", "g5", "g6"].map((name) => (
            <span key={name} className={`ghost ${name}`} />
          ))}
        </div>
        <div className="widget" lang={language}>
          <span className="x">
            <IconButton icon="close" size={14} label={t("editor.preview.restart")} onPress={restart} />
          </span>
          {score === undefined && <Question words={words} onPick={setScore} />}
          {score !== undefined && !isSent && (
            <FollowUp score={score} words={words} onChange={restart} onSend={() => setSent(true)} />
          )}
          {score !== undefined && isSent && (
            <>
              <p className="widget-q">{words(`wording.thanks.${segmentOf(score)}`)}</p>
              {content.thanksLinks[segmentOf(score)] && (
                <p className="widget-f">
                  <span className="widget-link">{words("wording.thanksLink")}</span>
                </p>
              )}
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function Question({ words, onPick }: { words: (path: string) => string; onPick: (score: number) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="widget-q">{words("wording.question")}</p>
      <div className="scale" role="group" aria-label={t("editor.preview.scale")}>
        {all.map((score) => (
          <button key={score} type="button" onClick={() => onPick(score)}>
            {score}
          </button>
        ))}
      </div>
      <div className="scale-ends">
        <span>{words("wording.low")}</span>
        <span>{words("wording.high")}</span>
      </div>
      <div className="widget-f">
        <span>{words("words.keys")}</span>
        <span className="widget-link">{words("words.later")}</span>
      </div>
    </>
  );
}

function FollowUp({
  score,
  words,
  onChange,
  onSend,
}: {
  score: number;
  words: (path: string) => string;
  onChange: () => void;
  onSend: () => void;
}) {
  const { draft } = useEditing();
  const { content } = draft;
  const category = segmentOf(score);
  const accent = content.branding.accent;
  return (
    <>
      <p className="widget-s">
        <b>{score}</b> {words("words.saved")}{" "}
        <button type="button" className="link" onClick={onChange}>
          {words("words.change")}
        </button>
      </p>
      <p className="widget-q">{words(`wording.followUp.${category}`)}</p>
      <div className="widget-t">{words("words.placeholder")}</div>
      {content.drivers[category].length > 0 && (
        <ul className="widget-d">
          {content.drivers[category].map((id) => (
            <li key={id}>{words(`drivers.${id}`) || id}</li>
          ))}
        </ul>
      )}
      {content.consent && (
        <p className="widget-c">
          <i aria-hidden="true" />
          {words("wording.consent")}
        </p>
      )}
      <div className="widget-f">
        <span className="widget-link">{words("words.skip")}</span>
        <button
          type="button"
          className="widget-send"
          onClick={onSend}
          {...(accent && /^#[0-9a-f]{6}$/i.test(accent) && { style: { background: accent, color: "#fff" } })}
        >
          {words("words.send")}
        </button>
      </div>
    </>
  );
}
