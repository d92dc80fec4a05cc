import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Card, Note } from "../ui/card.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { TextField } from "../ui/field.tsx";
import { codesOutside } from "./count-preview.ts";
import type { Drafting } from "./mapping-page.tsx";

/** Which values of the score column mean that there was no answer. */
export function NoAnswerCard(props: Drafting) {
  const { t } = useTranslation();
  const { draft, preview } = props;
  if (draft.score === undefined) return null;
  const outside = codesOutside(preview, draft.score);
  const guessed = preview.guess.score === draft.score ? preview.guess.noAnswer : [];
  const words = guessed.filter((value) => !outside.some((code) => code.value === value));
  const offered = [...outside, ...words.map((value) => ({ value, n: undefined }))];
  return (
    <Card title={t("imports.mapping.noAnswer")}>
      <div className="im-codes" role="group" aria-label={t("imports.mapping.noAnswer")}>
        {offered.map(({ value, n }) => (
          <Checkbox
            key={value}
            isSelected={draft.noAnswer.includes(value)}
            onChange={(isOn) => props.onChange({ ...draft, noAnswer: withCode(draft.noAnswer, value, isOn) })}
            {...(n !== undefined && { detail: t("imports.mapping.noAnswerCount", { count: n }) })}
          >
            <b className="num">{value}</b>
          </Checkbox>
        ))}
        {offered.length === 0 && <p className="muted">{t("imports.mapping.noAnswerNone")}</p>}
      </div>
      <Note>{t("imports.mapping.noAnswerWhy")}</Note>
      <MoreCodes key={draft.score} {...props} offered={offered.map(({ value }) => value)} />
    </Card>
  );
}

/** Values that the first rows do not show. */
function MoreCodes({ draft, onChange, offered }: Drafting & { offered: string[] }) {
  const { t } = useTranslation();
  const own = draft.noAnswer.filter((value) => !offered.includes(value));
  const [text, setText] = useState(own.join(", "));
  const change = (text: string) => {
    setText(text);
    const typed = text
      .split(",")
      .map((value) => value.trim())
      .filter(Boolean);
    const kept = draft.noAnswer.filter((value) => offered.includes(value));
    onChange({ ...draft, noAnswer: [...new Set([...kept, ...typed])] });
  };
  return (
    <div className="im-more">
      <TextField label={t("imports.mapping.noAnswerMore")} value={text} onChange={change} />
    </div>
  );
}

function withCode(codes: string[], value: string, isOn: boolean) {
  return isOn ? [...codes, value] : codes.filter((code) => code !== value);
}
