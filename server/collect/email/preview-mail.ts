import type { Config } from "../../platform/config.ts";
import type { Traits } from "../../platform/database/schema.ts";
import { senderAddress } from "../../platform/mail/sender.ts";
import { findProblems, mailVariables } from "../surveys/find-problems.ts";
import type { SurveyContent } from "../surveys/survey-content.ts";
import type { SurveyProblem } from "../surveys/survey-details.ts";
import type { SurveySettings } from "../surveys/survey-settings.ts";
import { checkTemplate } from "../texts/render-text.ts";
import type { SurveyTexts } from "../texts/survey-texts.ts";
import { senderNameOf } from "./invitation-message.ts";
import { textsWithGapsFilled } from "./mail-texts.ts";
import { type MailLinks, prepareMail, type WrittenMail } from "./prepare-mail.ts";

interface Draft {
  content: SurveyContent;
  settings: SurveySettings;
  language: string;
  customer: { name: string | null; traits: Traits };
  links: MailLinks;
}

export interface MailPreview extends WrittenMail {
  from: string;
  problems: SurveyProblem[];
}

/** The mail that a draft would send, as far as it can be written; what is missing or broken is filled up and told. */
export async function previewMail(
  { baseUrl, mailFrom }: Pick<Config, "baseUrl" | "mailFrom">,
  { content, settings, language, customer, links }: Draft,
): Promise<MailPreview> {
  const texts = withoutBrokenTemplates(textsWithGapsFilled(content, language));
  const writer = await prepareMail({
    content: withoutBrokenLook(content),
    settings,
    language,
    texts,
    baseUrl,
  });
  return {
    ...writer.write(customer, links),
    from: `${senderNameOf({ content, settings })} <${senderAddress(mailFrom) ?? mailFrom}>`,
    problems: findProblems(content, settings),
  };
}

/** A template that cannot be read is shown as it was typed. */
function withoutBrokenTemplates(texts: SurveyTexts): SurveyTexts {
  return JSON.parse(JSON.stringify(texts), (_key, value: unknown) =>
    typeof value === "string" && value.includes("{") && isBroken(value) ? asTyped(value) : value,
  ) as SurveyTexts;
}

const isBroken = (template: string) =>
  checkTemplate(template, mailVariables).some(({ reason }) => reason !== "template_variable");
const asTyped = (template: string) =>
  template.includes("endraw") ? "" : `{% raw %}${template.slice(0, 1_000)}{% endraw %}`;

/** A colour goes into the style of the mail, so a half-typed one must not. */
function withoutBrokenLook(content: SurveyContent): SurveyContent {
  const { accent } = content.branding;
  const isColour = accent !== null && /^#[0-9a-f]{6}$/i.test(accent);
  return { ...content, branding: { ...content.branding, accent: isColour ? accent : null } };
}
