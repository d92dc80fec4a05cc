import { useTranslation } from "react-i18next";
import { Switch } from "../../ui/choice.tsx";
import { ScoreChip } from "../../ui/marks.tsx";
import { categories, driversOf, type Category } from "./draft.ts";
import { DriversField } from "./drivers-field.tsx";
import { useEditing } from "./editing.ts";
import { ownName } from "./language-name.ts";
import { Fold, Part } from "./part.tsx";
import { PlainLine } from "./plain-line.tsx";
import { TextLine } from "./text-line.tsx";

const scores = { detractor: [0, 6], passive: [7, 8], promoter: [9, 10] } as const;

/** What is asked: the question, the follow-up and the thank-you after each answer, choices, writing back. */
export function QuestionsPart() {
  const { t } = useTranslation();
  const { draft, language, shippedNames, changeContent } = useEditing();
  const { content } = draft;
  const names = {
    language: ownName(language, shippedNames),
    source: ownName(content.language, shippedNames),
  };
  const links = categories.filter((category) => content.thanksLinks[category] !== null).length;
  return (
    <Part
      id="questions"
      title={t("editor.questions.title")}
      sub={
        language === content.language
          ? t("editor.questions.source", names)
          : t("editor.questions.editing", names)
      }
    >
      <TextLine path="wording.question" label={t("editor.questions.question")} rows={2} />
      <h3 className="lab ed-gap">{t("editor.questions.followUp")}</h3>
      {categories.map((category) => (
        <AfterAnswer key={category} category={category}>
          <TextLine
            path={`wording.followUp.${category}`}
            label={t(`editor.questions.followUps.${category}`)}
            quiet
          />
        </AfterAnswer>
      ))}
      <div className="folds">
        <Fold title={t("editor.questions.company")} sub={content.company}>
          <PlainLine
            label={t("editor.questions.companyName")}
            hint={t("editor.questions.companyHint")}
            path="content.company"
            value={content.company}
            onChange={(company) => changeContent((content) => ({ ...content, company }))}
          />
          <div className="two">
            <TextLine path="wording.low" label={t("editor.questions.low")} />
            <TextLine path="wording.high" label={t("editor.questions.high")} />
          </div>
        </Fold>
        <Fold
          title={t("editor.questions.thanks")}
          sub={links > 0 ? t("editor.questions.links", { count: links }) : t("editor.questions.noLinks")}
        >
          {categories.map((category) => (
            <Thanks key={category} category={category} />
          ))}
          {links > 0 && <TextLine path="wording.thanksLink" label={t("editor.questions.linkWords")} />}
        </Fold>
        <Fold
          title={t("editor.questions.choices")}
          sub={
            driversOf(content).length > 0
              ? t("editor.questions.choiceCount", { count: driversOf(content).length })
              : t("editor.questions.noChoices")
          }
        >
          <DriversField />
        </Fold>
        <Fold
          title={t("editor.questions.consent")}
          sub={t(content.consent ? "editor.questions.consentOn" : "editor.questions.consentOff")}
        >
          <Switch
            isSelected={content.consent}
            onChange={(consent) => changeContent((content) => ({ ...content, consent }))}
            detail={t("editor.questions.consentDetail")}
          >
            {t("editor.questions.consentOffer")}
          </Switch>
          {content.consent && <TextLine path="wording.consent" label={t("editor.questions.consentWords")} />}
        </Fold>
      </div>
    </Part>
  );
}

/** The scores of a category, and what belongs to them. */
function AfterAnswer({ category, children }: { category: Category; children: React.ReactNode }) {
  const [low, high] = scores[category];
  return (
    <div className="fu">
      <span className="fu-k" aria-hidden="true">
        <ScoreChip score={low} />–<ScoreChip score={high} />
      </span>
      <div>{children}</div>
    </div>
  );
}

function Thanks({ category }: { category: Category }) {
  const { t } = useTranslation();
  const { draft, changeContent } = useEditing();
  const which = t(`editor.questions.after.${category}`);
  return (
    <AfterAnswer category={category}>
      <TextLine
        path={`wording.thanks.${category}`}
        label={t("editor.questions.thanksFor", { which })}
        quiet
      />
      <PlainLine
        label={t("editor.questions.linkFor", { which })}
        quiet
        type="url"
        placeholder={t("editor.questions.linkPlaceholder")}
        path={`content.thanksLinks.${category}`}
        value={draft.content.thanksLinks[category]}
        onChange={(link) =>
          changeContent((content) => ({
            ...content,
            thanksLinks: { ...content.thanksLinks, [category]: link || null },
          }))
        }
      />
    </AfterAnswer>
  );
}
