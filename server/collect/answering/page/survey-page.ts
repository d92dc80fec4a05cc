import { categories, categoryOf } from "../../response.ts";
import { Html, html } from "./html.ts";
import { layOut, type Page } from "./layout.ts";
import { frameOf, groupOf, textsOf, type View, webAddress } from "./view.ts";

const scores = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** The page with the question; with the follow-up, as soon as there is a score. Works without JavaScript. */
export function surveyPage(view: View): Page {
  return layOut(frameOf(view, true), html`${answerForm(view)}${thanks(view, undefined)}`);
}

/** The page after an answer. */
export function thanksPage(view: View, score: number, mayChange: boolean): Page {
  const back = mayChange ? view.address : undefined;
  return layOut(frameOf(view, false), thanks(view, score, back));
}

function answerForm(view: View): Html {
  const { survey, language, score, earlier, address, nonce } = view;
  const { wording, words } = textsOf(survey.content, language);
  const isKept = earlier !== undefined && earlier.score === score;
  // A confirmed answer changes only by pressing the button.
  const auto = earlier?.state === "confirmed" || view.asksEmail ? "" : "1";
  const picked = score !== null;
  return html`<form
    id="answer"
    method="post"
    action="${address}"
    data-auto="${auto}"
    data-kept="${isKept ? score : ""}"
    data-counted="${words.counted}"
    data-saved="${words.saved}"
    data-failed="${words.failed} ${words.tryAgain}."
    data-offline-title="${words.offlineTitle}"
    data-offline-text="${words.offlineText}"
  >
    <input type="hidden" name="nonce" value="${nonce}" /><input
      type="hidden"
      name="lang"
      value="${language}"
    />
    ${!picked && html`<input type="hidden" name="step" value="1" />`}
    <div class="sr" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off" /></div>
    <h1 id="question" ${picked && new Html(' class="sr"')}>${wording.question}</h1>
    ${scale(view, isKept)}
    <div id="why" ${!picked && hidden}>${followUp(view)}</div>
    <button class="btn" id="send">${words.send}</button>
    <p class="small faint mid" id="note" role="status">
      ${isKept ? words.counted.replace("{score}", String(score)) : ""}
    </p>
  </form>`;
}

function scale({ survey, language, score }: View, isKept: boolean): Html {
  const { wording, words } = textsOf(survey.content, language);
  return html`<fieldset class="scale">
    <legend class="small muted">
      <span id="said" data-unsaved="${words.yourAnswer}">${isKept ? words.saved : words.yourAnswer}</span
      ><span class="sr"> ${words.scaleName}. ${words.keys}</span>
    </legend>
    <div class="row">
      ${scores.map(
        (each) =>
          html`<label
            ><input type="radio" name="score" value="${each}" required${each === score && checked} /><span
              >${each}</span
            ></label
          >`,
      )}
    </div>
    <p class="ends small faint" id="ends" ${score !== null && hidden}>
      <span>${wording.low}</span><span>${wording.high}</span>
    </p>
  </fieldset>`;
}

function followUp(view: View): Html {
  const { survey, language, score, earlier } = view;
  const { wording, words } = textsOf(survey.content, language);
  const present = score === null ? undefined : categoryOf(score);
  const questions = categories.map(
    (each) =>
      html`<label class="h" for="comment" data-for="${groupOf[each]}" ${each !== present && hidden}
        >${wording.followUp[each]}</label
      >`,
  );
  return html`<h2 class="label">${questions}</h2>
    <textarea id="comment" name="comment" maxlength="10000" placeholder="${words.placeholder}">
${earlier?.comment}</textarea>
    ${pickList(view)}${emailField(view)}${consentBox(view)}`;
}

function pickList({ survey, language, score, earlier }: View): Html | undefined {
  const { content } = survey;
  const { words } = textsOf(content, language);
  const labels = content.languages[language]?.drivers ?? {};
  const present = score === null ? undefined : categoryOf(score);
  // In the order of the list that shows.
  const lists = categories.toSorted((a, b) => Number(b === present) - Number(a === present));
  const ids = [...new Set(lists.flatMap((each) => content.drivers[each]))].filter((id) => labels[id]);
  if (ids.length === 0) return undefined;
  const groups = (id: string) => categories.filter((each) => content.drivers[each].includes(id));
  const anywhere = categories.filter((each) => content.drivers[each].some((id) => labels[id]));
  return html`<fieldset
    class="group"
    data-for="${anywhere.map((each) => groupOf[each]).join(" ")}"
    ${!(present && anywhere.includes(present)) && hidden}
  >
    <legend class="small muted">${words.pick}</legend>
    <div class="pick">
      ${ids.map(
        (id) =>
          html`<label
            data-for="${groups(id)
              .map((each) => groupOf[each])
              .join(" ")}"
            ${!(present && groups(id).includes(present)) && hidden}
            ><input
              type="checkbox"
              name="drivers"
              value="${id}"
              ${earlier?.drivers.includes(id) && checked}
            /><span>${labels[id]}</span></label
          >`,
      )}
    </div>
  </fieldset>`;
}

function emailField({ asksEmail, survey, language }: View): Html | undefined {
  if (!asksEmail) return undefined;
  const { words } = textsOf(survey.content, language);
  return html`<div class="group">
    <label class="small muted" for="email">${words.yourEmail} (${words.optional})</label>
    <input class="field" id="email" name="email" type="email" maxlength="320" autocomplete="email" />
  </div>`;
}

function consentBox({ survey, language, email, asksEmail, earlier }: View): Html | undefined {
  if (!survey.content.consent || survey.anonymous || (!email && !asksEmail)) return undefined;
  const { wording } = textsOf(survey.content, language);
  return html`<label class="contact"
    ><input type="checkbox" name="mayContact" value="yes" ${earlier?.mayContact && checked} /><span
      >${wording.consent}${email && html`<small>${email}</small>`}</span
    ></label
  >`;
}

/** With a score the thank-you for it; without one all of them, hidden, for the script to choose from. */
function thanks(view: View, score: number | undefined, back?: string): Html {
  const { survey, language, address } = view;
  const { wording, words } = textsOf(survey.content, language);
  const shown = score === undefined ? categories : [categoryOf(score)];
  const hide = score === undefined && hidden;
  const parts = shown.map((each) => {
    const link = webAddress(survey.content.thanksLinks[each]);
    return html`<div data-for="${groupOf[each]}" ${hide}>
      <h1>${wording.thanks[each]}</h1>
      ${link && html`<a class="btn" href="${link}" rel="noopener noreferrer">${wording.thanksLink}</a>`}
    </div>`;
  });
  const again = score === undefined ? address : back;
  return html`<section id="thanks" tabindex="-1" ${hide}>
    ${parts}${
      again && html`<p class="again"><a class="link" id="change" href="${again}">${words.change}</a></p>`
    }
  </section>`;
}

const hidden = new Html(" hidden");
const checked = new Html(" checked");
