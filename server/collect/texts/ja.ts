import type { SurveyTexts } from "./survey-texts.ts";

/** Polite Japanese. */
export const ja: SurveyTexts = {
  wording: {
    question: "{{ company }}を友人や同僚に薦める可能性は、どのくらいありますか？",
    low: "まったくない",
    high: "非常に高い",
    followUp: {
      detractor: "至らなかった点をお聞かせください。いただいた回答はすべて読んでいます。",
      passive: "何があれば、9点になったと思われますか？",
      promoter: "これからも変えてほしくない点は何ですか？",
    },
    thanks: {
      detractor: "率直なご意見をありがとうございます。いただいた回答はすべて読んでいます。",
      passive: "ありがとうございます。いただいた回答はすべて読んでいます。",
      promoter: "ありがとうございます。いただいた回答はすべて読んでいます。",
    },
    thanksLink: "詳しく見る",
    consent: "この件について返信を受け取ってもよい",
    email: {
      subject: "質問はひとつ、数字で答えるだけ",
      reminderSubject: "質問はひとつ、数字で答えるだけ",
      greeting: "{% if customer.name %}{{ customer.name }} 様{% else %}お客様へ{% endif %}",
      intro: "1クリックで回答できます。お時間があれば、次のページで理由をお聞かせください。",
      reason: "このメールは、{{ company }}をご利用のお客様にお送りしています。",
    },
  },
  words: {
    yourAnswer: "あなたの回答",
    saved: "回答を保存しました",
    placeholder: "一言でもかまいません。",
    pick: "または、当てはまるものを選ぶ",
    send: "送信",
    counted: "{score}点の回答はすでに集計されています。このページは閉じてかまいません。",
    change: "変更する",
    changed: "回答を変更しました。",
    close: "閉じる",
    later: "あとで",
    skip: "スキップ",
    keys: "0～9のキー、10はXキー",
    optional: "任意",
    yourEmail: "メールアドレス",
    askedWith: "Ninesで作成された質問",
    language: "言語",
    whoReads: "回答を読む人",
    whoReadsText:
      "{company}が回答を読み、お客様についての情報とともに保管します。第三者に渡すことはありません。",
    whoReadsAnonymous:
      "{company}が回答を読みます。名前、アドレス、時刻は保存されません。書かれた内容のほかに、あなたの回答であると分かるものはありません。",
    dontAsk: "今後は質問しない",
    dontAskTitle: "質問の配信を停止しますか？",
    dontAskText: "{company}から質問のメールが届かなくなります。",
    dontAskDone: "停止しました。{company}から今後質問が届くことはありません。",
    closedTitle: "この質問は終了しました",
    closedText: "回答の受付は終了しています。ご協力のお気持ちに感謝いたします。",
    noSuchTitle: "このリンクは使えません",
    noSuchText:
      "リンクが途中で切れているか、新しいものに替わっている可能性があります。最新のメールを開き、そのリンクをお試しください。",
    offlineTitle: "まだ送信されていません",
    offlineText: "{score}点の回答はこのブラウザに保存されており、オンラインに戻ると送信されます。",
    failed: "うまくいきませんでした。",
    tryAgain: "もう一度試す",
    oneClick: "1クリックで完了します。",
    rarely: "質問をお送りするのは、{days}日に1回までです。",
    plainScale: "選んだ数字の横にあるアドレスを開いてください：",
    scaleName: "0から10までの回答",
  },
};
