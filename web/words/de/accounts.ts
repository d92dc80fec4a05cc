import type { accounts as english } from "../en/accounts.ts";
import type { Translation } from "../words.ts";

export const accounts = {
  firstRun: {
    title: "Machen Sie aus Siebenern und Achtern Neuner.",
    lead: "Hier hat sich noch niemand angemeldet. Sehen Sie sich erst um, oder beginnen Sie mit Ihren Kunden.",
    sample: {
      title: "Die Beispielfirma ansehen",
      body: "Larkfield hat etwa 3.400 Kunden, vier Befragungswellen und Kommentare in zwei Sprachen. Alles erfunden, alles anklickbar.",
      action: "Larkfield ansehen",
      loading: "Larkfield wird erfunden: Kunden, vier Wellen Antworten, Kommentare",
      note: "Ein paar Sekunden. Mit einem Klick wieder gelöscht.",
    },
    own: {
      title: "Selbst beginnen",
      body: "Legen Sie einen Arbeitsbereich für Ihre Firma an und Ihr eigenes Konto dazu.",
      action: "Selbst beginnen",
      note: "Eine Minute. Es wird nichts gesendet und nichts geladen.",
      submit: "Arbeitsbereich anlegen",
      back: "Zurück",
      workspaceName: "Firma",
      workspaceHint: "Der Name Ihres Arbeitsbereichs. Sie können ihn später ändern.",
      setupToken: "Einrichtungscode",
      setupHint:
        "Der Server hat ihn beim Start in sein Protokoll geschrieben. Er zeigt, dass dies Ihr Server ist.",
    },
    footer: "Alles bleibt auf diesem Server. Nichts wird irgendwohin gesendet.",
  },
  name: "Ihr Name",
  email: "E-Mail-Adresse",
  password: "Passwort",
  newPassword: "Neues Passwort",
  passwordHint: "Mindestens 8 Zeichen. Ein paar Wörter merken sich leichter als Sonderzeichen.",
  signIn: {
    title: "Anmelden",
    submit: "Anmelden",
    forgot: "Passwort vergessen?",
    footer: "Nines, selbst betrieben",
  },
  forgot: {
    title: "Neues Passwort setzen",
    lead: "Wir senden einen Link an diese Adresse. Er gilt eine Stunde.",
    submit: "Link senden",
    sent: "Wenn {{email}} hier ein Konto hat, ist ein Link unterwegs.",
    outbox:
      "Dieser Server hat noch keinen Mailserver. Wer ihn betreibt, findet den Link unter Einstellungen, Postausgang, und kann ihn weitergeben.",
    back: "Zurück zur Anmeldung",
  },
  reset: {
    title: "Neues Passwort wählen",
    submit: "Speichern und anmelden",
    done: "Das neue Passwort ist gespeichert. Melden Sie sich damit an.",
    again: "Neuen Link anfordern",
  },
  invitation: {
    title: "{{workspace}} beitreten",
    lead: "{{inviter}} lädt {{email}} ein, mit der Rolle {{role}}.",
    submit: "Beitreten",
    existing: "Diese Adresse hat hier schon ein Konto. Geben Sie dessen Passwort ein, um beizutreten.",
    signedIn: "Sie sind angemeldet als {{name}}, {{email}}.",
    invalidTitle: "Diese Einladung ist nicht offen.",
    invalid: "Sie wurde benutzt, zurückgezogen oder ist älter als 14 Tage. Bitten Sie um eine neue.",
    failedTitle: "Die Einladung konnte nicht geöffnet werden.",
    elsewhere: "Zur Anmeldung",
  },
  role: {
    owner: "Inhaber",
    admin: "Admin",
    editor: "Bearbeiter",
    viewer: "Betrachter",
  },
} as const satisfies Translation<typeof english>;
