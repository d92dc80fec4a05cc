import { fillSentence } from "../fill-sentence.ts";

/** Why an address that somebody gave us was not told something; with values in double braces. */
export const failureSentences = {
  en: {
    answered: "The receiver answered {{status}}.",
    too_slow: "There was no whole answer within {{seconds}} seconds.",
    no_such_host: "No machine has the name in this address.",
    host_not_looked_up: "The name in this address could not be looked up.",
    nothing_answers: "Nothing answers at this address.",
    connection_ended: "The other side ended the connection.",
    bad_certificate: "The certificate of this address is not valid.",
    not_https: "What answers at this address does not speak HTTPS.",
    answer_too_long: "The answer is longer than answers are.",
    answer_not_http: "The answer is not HTTP.",
    not_reached: "This address cannot be reached.",
    not_a_url: "This is not an address; write one like https://example.com/nines.",
    not_http: "The address must begin with https:// or http://.",
    has_password: "The address must not hold a user or password; the signature says who sends.",
    wrong_port:
      "The address must use one of the ports {{ports}}; OUTGOING_PORTS of this server can allow others.",
    not_public:
      "The address leads into a private network, which Nines does not ask; give a public address, or set OUTGOING_PRIVATE=true on this server.",
  },
  de: {
    answered: "Der Empfänger antwortete mit {{status}}.",
    too_slow: "Innerhalb von {{seconds}} Sekunden kam keine ganze Antwort.",
    no_such_host: "Keine Maschine heißt wie in dieser Adresse.",
    host_not_looked_up: "Der Name in dieser Adresse ließ sich nicht nachschlagen.",
    nothing_answers: "Unter dieser Adresse antwortet nichts.",
    connection_ended: "Die andere Seite brach die Verbindung ab.",
    bad_certificate: "Das Zertifikat dieser Adresse ist nicht gültig.",
    not_https: "Was unter dieser Adresse antwortet, spricht kein HTTPS.",
    answer_too_long: "Die Antwort ist länger, als Antworten es sind.",
    answer_not_http: "Die Antwort ist kein HTTP.",
    not_reached: "Diese Adresse ist nicht zu erreichen.",
    not_a_url: "Das ist keine Adresse; schreiben Sie sie wie https://example.com/nines.",
    not_http: "Die Adresse muss mit https:// oder http:// beginnen.",
    has_password: "Die Adresse darf weder Benutzer noch Passwort enthalten; die Signatur sagt, wer sendet.",
    wrong_port:
      "Die Adresse muss einen der Ports {{ports}} nutzen; OUTGOING_PORTS dieses Servers kann weitere erlauben.",
    not_public:
      "Die Adresse führt in ein privates Netz, in das Nines nicht sendet. Geben Sie eine öffentliche an, oder setzen Sie OUTGOING_PRIVATE=true auf diesem Server.",
  },
} as const;

/** A failure by its name, as it is stored: everybody reads it in their own language. */
export interface OutsideFailure {
  reason: keyof typeof failureSentences.en;
  values: Record<string, string | number>;
}

/** The sentence of a failure. */
export function sayFailure({ reason, values }: OutsideFailure, language: "en" | "de" = "en"): string {
  return fillSentence(failureSentences[language][reason], values);
}
