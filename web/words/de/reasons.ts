/**
 * German sentences for refusals, failed rows and warnings, by the reason the server gives.
 * English needs none, for the server's own sentence is English; a reason that is missing here shows that sentence.
 */
export const reasons = {
  // files
  file_empty: "Diese Datei ist leer. Wählen Sie die Datei mit den Antworten.",
  file_is_zip:
    "Das ist ein ZIP-Archiv, keine CSV-Datei. Entpacken Sie es und wählen Sie die CSV-Datei darin.",
  file_is_xlsx:
    "Das ist eine Excel-Arbeitsmappe, keine CSV-Datei. Öffnen Sie sie und speichern Sie das Blatt als CSV.",
  file_is_xls:
    "Das ist eine alte Excel-Arbeitsmappe, keine CSV-Datei. Öffnen Sie sie und speichern Sie das Blatt als CSV.",
  file_is_gzip:
    "Das ist ein gzip-Archiv, keine CSV-Datei. Entpacken Sie es und wählen Sie die CSV-Datei darin.",
  file_is_pdf: "Das ist ein PDF, keine CSV-Datei. Exportieren Sie die Antworten als CSV.",
  file_is_binary:
    "Das ist keine Textdatei. Exportieren Sie die Antworten als CSV und wählen Sie diese Datei.",
  file_is_html:
    "Das ist eine Webseite oder XML, keine CSV-Datei. Laden Sie den Export noch einmal herunter und wählen Sie die CSV-Datei.",
  column_not_in_file:
    "Die Zuordnung nennt Spalte {{column}}, die Datei hat aber nur {{columns}}. Ordnen Sie die Spalten neu zu.",
  multipart: "Senden Sie die Datei selbst, nicht als Formular.",
  upload_cut:
    "Das Hochladen brach ab, bevor die ganze Datei da war; es wurde nichts davon behalten. Laden Sie die Datei noch einmal hoch.",
  disk_full:
    "Die Platte der Datenbank ist voll; es wurde nichts gespeichert. Schaffen Sie Platz und versuchen Sie es noch einmal.",
  import_started:
    "Dieser Import wurde schon gestartet. Machen Sie ihn rückgängig, oder laden Sie die Datei noch einmal hoch.",
  imported_otherwise:
    "Diese Datei wurde schon als {{name}} mit anderen Spalten importiert. Machen Sie jenen Import zuerst rückgängig und importieren Sie sie dann noch einmal.",
  import_undone: "Dieser Import wurde rückgängig gemacht, während er lief.",
  upload_discarded:
    "Diese Datei wurde verworfen, während sie hochgeladen wurde. Laden Sie sie noch einmal hoch.",
  default_date_out_of_range:
    "Der Tag für alle Antworten muss zwischen dem 1.1.1970 und heute liegen; {{date}} tut das nicht. Wählen Sie den Tag, an dem sie gegeben wurden.",
  no_such_import: "Diesen Import gibt es hier nicht.",
  nothing_to_undo: "Es gibt nichts rückgängig zu machen: Dieser Import hat keine Antworten gespeichert.",
  // whole requests
  no_such_survey: "Diese Umfrage gibt es hier nicht.",
  no_such_wave: "Diese Welle gibt es nicht. Wählen Sie eine aus dem Menü.",
  body_too_large: "Das ist zu viel auf einmal. Dateien mit Antworten gehören auf die Import-Seite.",
  queue_full: "Es kommen mehr Antworten an, als sich speichern lassen. Versuchen Sie es gleich noch einmal.",
  unconfirmed:
    "Die Datenbank war weg, bevor sie bestätigt hat. Senden Sie die Antworten mit denselben IDs noch einmal.",
  too_many_requests: "Zu viele Anfragen. Warten Sie {{seconds}} Sekunden.",
  // refusals that have a code and no finer reason
  busy: "Die Datenbank ist gerade nicht erreichbar; es wurde nichts gespeichert. Versuchen Sie es gleich noch einmal.",
  internal:
    "Auf unserer Seite ging etwas schief; es wurde nichts geändert. Versuchen Sie es noch einmal, und bleibt es dabei, hilft die Nummer der Anfrage im Protokoll weiter.",
  not_allowed:
    "Dafür reicht Ihre Rolle nicht. Das kann ändern, wer den Arbeitsbereich besitzt oder verwaltet.",
  bad_input: "Das geht so nicht. Prüfen Sie, was hier steht.",
  bad_request: "Diese Anfrage war nicht zu lesen. Laden Sie die Seite neu und versuchen Sie es noch einmal.",
  conflict:
    "Das geht gerade nicht, weil etwas anderes im Weg ist. Laden Sie die Seite neu und sehen Sie nach.",
  not_signed_in: "Melden Sie sich an; Ihre Sitzung ist zu Ende.",
  too_large: "Das ist zu groß. Kürzen Sie es, oder teilen Sie es auf.",
  too_many: "Das war zu viel auf einmal. Warten Sie einen Augenblick und versuchen Sie es dann noch einmal.",
  wrong_method: "Das lässt sich hier nicht tun. Laden Sie die Seite neu.",
  value_not_storable:
    "Ein Wert lässt sich nicht speichern; es wurde nichts geändert. Suchen Sie nach Steuerzeichen und nach Zahlen oder Daten, die zu groß sind.",
  not_found: "Das gibt es hier nicht, oder nicht mehr.",
  // fields of forms
  text_missing: "Hier fehlt etwas.",
  not_chosen: "Hier ist noch nichts gewählt.",
  value_missing: "Hier fehlt {{wanted}}.",
  choice_missing: "Hier fehlt etwas; möglich ist: {{choices}}.",
  wrong_type: "Hier muss {{wanted}} stehen, nicht {{found}}.",
  needs_type: "Hier muss {{wanted}} stehen.",
  not_whole: "Hier muss eine ganze Zahl stehen, nicht {{found, number}}.",
  number_out_of_range: "Diese Zahl ist zu groß; schreiben Sie eine kleinere.",
  not_one_of: "Möglich ist hier nur: {{choices}}.",
  not_the_one: "Möglich ist hier nur {{choices}}.",
  number_too_small: "Hier muss mindestens {{least, number}} stehen.",
  number_too_large: "Hier darf höchstens {{most, number}} stehen.",
  number_not_above: "Hier muss mehr als {{bound, number}} stehen.",
  number_not_below: "Hier muss weniger als {{bound, number}} stehen.",
  not_a_multiple: "Hier geht es nur in Schritten von {{step, number}}.",
  text_of_other_length: "Genau {{exact}} Zeichen, bitte.",
  too_few_entries: "Mindestens {{least}} müssen es sein.",
  too_many_entries: "Höchstens {{most}} sind möglich.",
  unknown_fields: "Unbekannt ist hier {{fields}}; lassen Sie es weg. Bekannt sind: {{known}}.",
  name_not_allowed: "„{{name}}“ geht hier nicht als Name; wählen Sie einen anderen.",
  not_a_day: "Schreiben Sie einen Tag wie 2026-01-31.",
  not_a_moment: "Schreiben Sie einen Zeitpunkt wie 2026-01-31T09:30:00Z.",
  not_a_time_of_day: "Schreiben Sie eine Uhrzeit wie 09:30.",
  not_an_id: "Das ist keine Kennung wie 0199dc5e-6f4b-7a01-9c3e-5f2a8d1b7e90; nehmen Sie sie, wie sie war.",
  not_an_address: "Das ist keine Adresse; schreiben Sie sie wie https://example.com.",
  not_storable: "Darin stehen Zeichen, die sich nicht speichern lassen. Schreiben Sie gewöhnlichen Text.",
  not_a_time_zone: "Das ist keine Zeitzone; schreiben Sie sie wie Europe/Berlin.",
  not_a_currency: "Das ist keine Währung; schreiben Sie sie wie EUR.",
  not_a_colour: "Das ist keine Farbe; schreiben Sie sie wie #1c1a16.",
  not_a_phone_number: "Das ist keine Telefonnummer; es steht keine Ziffer darin.",
  not_a_short_name: "Hier sind nur kleine Buchstaben, Ziffern und Striche möglich, höchstens 40.",
  no_language: "Schreiben Sie es in mindestens einer Sprache.",
  ends_before_start: "Das Ende muss nach dem Anfang liegen.",
  day_before_1970: "Vor 1970 gibt es hier keine Antworten; wählen Sie einen späteren Tag.",
  snooze_without_state: "Bis wann ein Fall ruht, gehört zum Zurückstellen; tun Sie beides zusammen.",
  snooze_without_end: "Sagen Sie, bis wann der Fall ruhen soll.",
  snooze_in_past: "Dieser Zeitpunkt ist schon vorbei; wählen Sie einen, der noch kommt.",
  snooze_too_long: "Das ist mehr als ein Jahr hin; schließen Sie den Fall stattdessen.",
  wrong_form: "Das muss dem Muster {{pattern}} folgen.",
  text_says_nothing: "Dieser Text bleibt leer, zumindest für manche. Schreiben Sie, was er sonst sagt.",
  text_too_short: "Mindestens {{least}} Zeichen, bitte.",
  text_too_long: "Höchstens {{most}} Zeichen, bitte.",
  nothing_chosen: "Wählen Sie mindestens eines.",
  email_invalid: "Das ist keine E-Mail-Adresse. Schreiben Sie sie wie ada@example.com.",
  not_one_line: "Ein Name ist eine Zeile ohne Steuerzeichen.",
  // imports that stand still or have failed
  import_paused: "Der Import wurde unterbrochen; er geht von selbst weiter.",
  import_disk_full:
    "Die Platte der Datenbank ist voll. Schaffen Sie Platz; der Import geht dann von selbst weiter.",
  import_cut_short:
    "Der Import wurde unterbrochen. Importieren Sie die Datei noch einmal: Es kommt nur der Rest dazu.",
  // warnings about a file
  no_score_column:
    "Keine Spalte sieht nach einem Punktwert von 0 bis 10 aus. Wählen Sie die, in der er steht.",
  date_ambiguous:
    "Die Daten in „{{column}}“ können Monat/Tag oder Tag/Monat sein, etwa {{example}}. Prüfen Sie das Format.",
  no_date_column:
    "Keine Spalte sieht nach dem Datum der Antwort aus. Wählen Sie eine oder einen Tag für alle Antworten.",
  no_rows: "Die Datei hat eine Kopfzeile, aber keine Antworten darunter.",
  anonymous:
    "Keine Spalte sagt, wer geantwortet hat; jede Antwort gehört also zu einem eigenen anonymen Kunden.",
  // failed rows
  score_not_a_number: "Punktwerte sind ganze Zahlen von 0 bis 10; hier steht „{{value}}“.",
  score_not_whole: "Punktwerte sind ganze Zahlen von 0 bis 10; hier steht {{value}}.",
  score_out_of_range:
    "Punktwerte sind ganze Zahlen von 0 bis 10; hier steht {{value}}. Wenn {{value}} „keine Antwort“ bedeutet, sagen Sie das in der Zuordnung und importieren Sie die Datei noch einmal.",
  bad_date:
    "„{{value}}“ ist kein Datum im Format {{format}}. Wählen Sie ein anderes Format oder berichtigen Sie das Datum.",
  date_missing:
    "In der Zeile fehlt das Datum. Tragen Sie es nach, oder importieren Sie ohne Datumsspalte mit einem Tag für alle.",
  date_in_future: "„{{value}}“ liegt in der Zukunft. Sind Tag und Monat vertauscht?",
  nobody_named:
    "Die Zeile nennt niemanden: Sie hat weder E-Mail-Adresse noch Kennung noch Telefonnummer. Tragen Sie eines ein.",
  bad_email: "„{{value}}“ ist keine E-Mail-Adresse. Berichtigen Sie sie oder lassen Sie sie leer.",
  bad_weight: "„{{value}}“ ist kein Gewicht; Gewichte sind Zahlen über 0.",
  comment_too_long: "Der Kommentar hat {{length}} Zeichen; höchstens {{longest}} sind möglich.",
  value_too_long: "Die Spalte {{column}} hat {{length}} Zeichen; höchstens {{longest}} sind möglich.",
  wrong_column_count:
    "Die Zeile hat {{found}} Spalten, die Kopfzeile {{expected}}. Ein Trennzeichen oder Zeilenumbruch in einem Text braucht Anführungszeichen um diesen Text.",
  broken_quotes:
    'Ein Anführungszeichen geht auf und nicht richtig zu. Innerhalb von Anführungszeichen schreiben Sie es doppelt: "".',
  line_too_long: "Die Zeile ist länger als eine Million Zeichen; sie ist wohl keine Zeile mit Antworten.",
  // asking
  survey_not_live:
    "Diese Umfrage läuft gerade nicht. Veröffentlichen Sie sie oder lassen Sie sie weiterlaufen, bevor Sie einladen.",
  channel_off:
    "Diese Umfrage verschickt keine E-Mails. Schalten Sie den Kanal ein, oder laden Sie über die API ein.",
  survey_anonymous: "Diese Umfrage ist anonym. Zeigen Sie stattdessen ihren öffentlichen Link.",
  rests: "Dieser Kunde wurde kürzlich gefragt und hat Ruhe bis {{until}}.",
  complaint: "Dieser Kunde hat eine offene oder eben erst geschlossene Beschwerde. Fragen Sie später.",
  unsubscribed: "Dieser Kunde möchte keine E-Mails mehr und wird nie wieder gefragt.",
  bounced:
    "E-Mails an diese Adresse kamen zurück. Prüfen Sie die Adresse und heben Sie die Sperre dann unter Abmeldungen auf.",
  no_address: "Von diesem Kunden ist keine E-Mail-Adresse bekannt.",
  open_invitation: "Dieser Kunde hat zu dieser Umfrage noch eine offene Einladung.",
  no_such_invitation: "Diese Einladung gibt es hier nicht.",
  no_such_complaint: "Diese Beschwerde gibt es hier nicht.",
  no_such_customer: "Diesen Kunden gibt es hier nicht.",
  unsubscribed_for_ever:
    "Dieser Kunde hat sich abgemeldet; das kann nur er selbst ändern. Aufheben lassen sich nur Sperren nach Rückläufern.",
  rule_without_value: "In Regel {{rule}} fehlt der Wert, mit dem verglichen wird. Wählen Sie einen.",
  no_such_field: "Regel {{rule}} nennt „{{field}}“; das ist kein Feld von Kunden. Wählen Sie ein anderes.",
  // surveys
  value_not_allowed: "Dieser Wert geht so nicht. Prüfen Sie, was hier steht.",
  source_language_missing:
    "Die Ausgangssprache {{language}} fehlt unter den Sprachen der Umfrage. Fügen Sie sie hinzu, oder wählen Sie eine andere.",
  unknown_language: "{{language}} ist keine bekannte Sprache. Schreiben Sie ein Kürzel wie de oder pt-BR.",
  driver_label_missing:
    "Die Auswahl „{{driver}}“ hat in {{language}} keine Beschriftung. Schreiben Sie eine, oder nehmen Sie die Auswahl von der Liste.",
  driver_twice: "Eine Auswahl steht doppelt auf der Liste. Nehmen Sie eine davon weg.",
  template_broken:
    "Was in geschweiften Klammern steht, lässt sich nicht lesen. Prüfen Sie, ob jede Klammer zugeht, oder nehmen Sie es heraus.",
  template_variable: "Dieser Text nennt {{name}}, das hier unbekannt ist. Möglich sind {{known}}.",
  template_too_long: "Dieser Text ist länger als {{most}} Zeichen. Kürzen Sie ihn.",
  contrast_too_low:
    "Weiße Schrift auf {{accent}} ist schlecht zu lesen: Kontrast {{contrast}}, nötig sind 4,5. {{fix}} ist dunkel genug.",
  sender_missing:
    "Die E-Mails kommen nur im Namen des Unternehmens. Mit dem Namen eines Menschen werden sie öfter geöffnet.",
  postal_address_missing:
    "In vielen Ländern muss eine Postanschrift im Fuß solcher E-Mails stehen. Schreiben Sie eine hinein.",
  no_channel:
    "Kein Kanal ist eingeschaltet, also können nur Programme fragen. Schalten Sie einen ein, wenn Sie das nicht wollen.",
  draft_changed:
    "Jemand anderes hat diese Umfrage geändert, seit Sie sie geöffnet haben. Laden Sie sie neu und machen Sie Ihre Änderung dann.",
  published_draft_changed:
    "Jemand anderes hat diese Umfrage geändert, seit Sie sie zuletzt gesehen haben. Laden Sie sie neu, lesen Sie, was veröffentlicht würde, und veröffentlichen Sie dann.",
  anonymity_fixed:
    "Ob eine Umfrage anonym ist, steht fest, sobald sie veröffentlicht wurde. Legen Sie eine Kopie an und ändern Sie es dort.",
  survey_has_problems:
    "So lässt sich die Umfrage noch nicht veröffentlichen; zu beheben: {{n}}. Im Editor steht, was und wo.",
  survey_archived: "Diese Umfrage ist archiviert. Holen Sie sie zuerst als pausiert zurück.",
  survey_is_draft: "Diese Umfrage wurde nie veröffentlicht. Veröffentlichen oder löschen Sie sie.",
  survey_published:
    "Nur ein Entwurf lässt sich löschen, denn auf diese Umfrage beziehen sich Antworten. Archivieren Sie sie stattdessen.",
  survey_not_published:
    "Diese Umfrage ist ein Entwurf und nimmt noch keine Antworten an. Veröffentlichen Sie sie zuerst.",
  image_too_large: "Dieses Bild ist größer als 200 kB. Verkleinern Sie es und laden Sie es noch einmal hoch.",
  image_kind: "Dieses Bild können E-Mails nicht zeigen. Laden Sie ein PNG, JPEG, GIF oder WebP hoch.",
  no_such_image: "Dieses Bild gibt es nicht.",
  // accounts
  already_member: "Diese Person ist schon Mitglied.",
  already_set_up:
    "Nines ist hier schon eingerichtet. Melden Sie sich an oder bitten Sie um einen Einladungslink.",
  invitation_closed:
    "Diese Einladung ist nicht offen: Sie wurde benutzt, zurückgezogen oder ist älter als 14 Tage.",
  invitation_for_another: "Diese Einladung gilt für eine andere Adresse als Ihre. Melden Sie sich zuerst ab.",
  last_owner: "Ein Arbeitsbereich braucht einen Inhaber. Geben Sie zuerst jemand anderem diese Rolle.",
  not_a_member: "Sie sind kein Mitglied dieses Arbeitsbereichs.",
  other_site:
    "Diese Änderung kam von einer anderen Website und wurde nicht ausgeführt. Laden Sie die Seite neu.",
  person_exists: "Diese Adresse hat hier schon ein Konto. Melden Sie sich damit an.",
  reset_token_closed: "Dieser Link wurde benutzt oder ist älter als eine Stunde. Fordern Sie einen neuen an.",
  role_above_own: "So weit reicht Ihre Rolle nicht. Das können nur Inhaber ändern.",
  setup_token_wrong:
    "Der Einrichtungscode stimmt nicht. Nines hat ihn beim Start in sein Protokoll geschrieben.",
  sign_in_first: "Diese Adresse hat hier ein Konto. Melden Sie sich an und öffnen Sie den Link dann erneut.",
  link_too_long: "Das ist zu viel für einen Link. Lassen Sie Merkmale weg, oder kürzen Sie sie.",
  trait_not_allowed:
    "Links dieser Umfrage dürfen {{trait}} nicht enthalten. Erlauben Sie das Merkmal in den Einstellungen der Umfrage, oder lassen Sie es weg.",
  too_many_attempts: "Zu viele Versuche. Warten Sie {{seconds}} Sekunden und versuchen Sie es dann erneut.",
  workspace_missing: "Diesen Arbeitsbereich gibt es nicht mehr.",
  wrong_credentials: "Diese E-Mail-Adresse und dieses Passwort gehören nicht zusammen.",
  wrong_password: "Das aktuelle Passwort stimmt nicht.",
  segment_name_taken: "Ein Segment „{{name}}“ gibt es schon. Wählen Sie einen anderen Namen.",
  too_many_segments: "Es gibt schon {{most}} Segmente. Löschen Sie eines, das niemand braucht.",
  no_such_segment:
    "Dieses Segment gibt es hier nicht, vielleicht wurde es gelöscht. Wählen Sie eines aus der Liste.",
  no_such_audience_segment:
    "Dieses Segment gibt es hier nicht, vielleicht wurde es gelöscht. Wählen Sie ein anderes oder alle Kunden.",
  no_such_segment_in_filter:
    "Ein Segment, das eine Bedingung nennt, gibt es nicht mehr. Wählen Sie ein anderes.",
  no_such_survey_in_filter:
    "Eine Umfrage, die eine Bedingung nennt, gibt es nicht mehr. Wählen Sie eine andere.",
  segment_in_use_by_survey:
    "Die Umfrage „{{name}}“ braucht das Segment „{{segment}}“. Geben Sie ihr zuerst ein anderes.",
  segment_in_use_by_segment:
    "Das Segment „{{name}}“ braucht das Segment „{{segment}}“. Geben Sie ihm zuerst ein anderes.",
  segment_in_use_by_play:
    "Die Aktion „{{name}}“ braucht das Segment „{{segment}}“. Geben Sie ihr zuerst ein anderes.",
  survey_used_by_play:
    "Die Aktion „{{play}}“ braucht die Umfrage „{{name}}“. Geben Sie ihr zuerst eine andere, oder beenden Sie sie.",
  receiver_in_play:
    "Die Aktion „{{play}}“ benachrichtigt „{{name}}“. Wählen Sie dort zuerst einen anderen Empfänger, oder beenden Sie sie.",
  receiver_in_plays:
    "Diese Aktionen benachrichtigen „{{name}}“: {{plays}}. Wählen Sie dort zuerst einen anderen Empfänger, oder beenden Sie sie.",
  no_such_play: "Diese Aktion gibt es hier nicht, vielleicht wurde sie gelöscht.",
  too_many_plays: "Es gibt schon {{most}} Aktionen. Löschen Sie Entwürfe, die niemand braucht.",
  play_draft_changed:
    "Jemand anderes hat diese Aktion geändert, seit Sie sie geöffnet haben. Laden Sie sie neu und ändern Sie dann.",
  published_play_changed:
    "Jemand anderes hat diese Aktion inzwischen geändert. Laden Sie sie neu, lesen Sie, was veröffentlicht würde, und veröffentlichen Sie dann.",
  play_is_draft: "Diese Aktion wurde noch nie veröffentlicht. Veröffentlichen Sie sie, oder löschen Sie sie.",
  play_published:
    "Nur Entwürfe lassen sich löschen, und diese Aktion ist veröffentlicht. Beenden Sie sie; ihr Ergebnis bleibt.",
  play_ended:
    "Diese Aktion ist beendet, und ihr Ergebnis bleibt, wie es ist. Beginnen Sie stattdessen eine neue.",
  play_has_problems:
    "Das lässt sich noch nicht veröffentlichen. Was noch fehlt, steht bei den Schritten ({{n}}).",
  play_needs_override:
    "Das verstößt gegen Regeln anderer. Nur ein Inhaber kann es durchlassen, mit einer Begründung, die bleibt.",
  override_needs_owner:
    "Was die Regeln der Bewertungsportale verbieten, kann nur ein Inhaber durchlassen. Bitten Sie einen, oder nehmen Sie es heraus.",
  no_such_step: "Diesen Schritt gibt es in der Aktion nicht, vielleicht wurde er herausgenommen.",
  step_unfinished:
    "Dieser Schritt ist noch nicht fertig. Füllen Sie aus, was fehlt, und sehen Sie dann wieder nach.",
  no_such_template: "Diese Vorlage gibt es nicht. Wählen Sie eine aus der Liste, oder keine.",
  plan_fixed:
    "Es nehmen schon Kunden teil, und das Ergebnis wird an Ziel, Tagen, kleinstem Gewinn, Zuordnung und Vergleichsgruppe von damals gemessen. Stellen Sie diese wieder so ein, oder beenden Sie die Aktion und beginnen Sie eine neue.",
  segments_in_circle: "Segmente können sich nicht im Kreis nennen: {{path}}. Nehmen Sie eines davon heraus.",
  filter_too_large:
    "Das sind zu viele Bedingungen oder zu viele Gruppen ineinander. Legen Sie einige in ein eigenes Segment und nennen Sie dieses.",
  other_filter_too_large:
    "Das Segment „{{name}}“, das dieses nennt, hätte damit mehr als {{most}} Bedingungen. Verwenden Sie weniger.",
  url_not_a_url: "Das ist keine Adresse; schreiben Sie sie wie https://example.com/nines.",
  url_not_http: "Die Adresse muss mit https:// oder http:// beginnen.",
  url_has_password: "Die Adresse darf weder Benutzer noch Passwort enthalten; die Signatur sagt, wer sendet.",
  url_wrong_port: "Dieser Port ist nicht erlaubt; OUTGOING_PORTS dieses Servers kann ihn erlauben.",
  url_not_public:
    "Die Adresse führt in ein privates Netz, in das Nines nicht sendet. Geben Sie eine öffentliche an, oder setzen Sie OUTGOING_PRIVATE=true auf diesem Server.",
  too_many_webhooks: "Es gibt schon {{most}} Webhooks; löschen Sie einen, den niemand mehr braucht.",
  too_many_receivers:
    "Es gibt schon {{most}} Adressen und Kanäle; löschen Sie einen Eintrag, den niemand mehr braucht.",
  webhook_not_active: "Dieser Webhook ist nicht eingeschaltet; schalten Sie ihn zuerst ein.",
  // what was wrong with an event
  events: {
    not_an_object: "{{field}}: ist {{found}}; senden Sie ein Objekt.",
    unknown_type:
      "type: {{found}} ist weder identify noch track, page, screen, group oder alias; senden Sie eines davon.",
    no_one: "Es gibt weder userId noch anonymousId; senden Sie eine davon, damit klar ist, um wen es geht.",
    no_previous_id: "previousId fehlt; senden Sie, wie der Kunde vorher hieß.",
    no_group_id: "groupId fehlt; senden Sie die Kennung der Firma.",
    not_an_id: "{{field}}: ist {{found}}; eine Kennung ist ein Text.",
    id_too_long: "{{field}}: ist länger als {{most}} Zeichen; kürzen Sie die Kennung.",
    id_not_storable:
      "{{field}}: enthält ein NUL-Zeichen oder ein halbes Surrogatpaar; senden Sie gewöhnlichen Text.",
    no_name: "event fehlt; senden Sie den Namen dessen, was getan wurde.",
    not_a_name: "{{field}}: ist {{found}}; der Name eines Ereignisses ist ein Text.",
    name_too_long:
      "{{field}}: ist länger als {{most}} Zeichen; was sich ändert, gehört in eine Eigenschaft (properties).",
    too_many_names:
      "Es gibt schon {{most}} Namen von Ereignissen, und „{{name}}“ wäre einer mehr; was sich ändert, gehört in eine Eigenschaft (properties).",
    bad_time: "timestamp: {{found}} ist kein Zeitpunkt; schreiben Sie ihn wie 2026-01-31T09:30:00Z.",
    in_future: "timestamp: {{found}} liegt in der Zukunft; senden Sie, wann es geschah.",
    too_old: "timestamp: {{found}} liegt länger zurück, als Ereignisse hier bleiben ({{months}} Monate).",
    event_too_large:
      "Die Nachricht hat {{kilobytes}} KB und darf {{most}} haben; senden Sie weniger in ihren Eigenschaften.",
    too_deep: "{{field}}: ist mehr als {{most}} Ebenen tief verschachtelt; machen Sie es flacher.",
    cleaned:
      "{{field}}: enthielt NUL-Zeichen, halbe Surrogatpaare oder den Namen __proto__; sie wurden entfernt, der Rest ist gespeichert.",
    not_a_trait_name: "traits: {{trait}} kann kein Name eines Merkmals sein; es wurde weggelassen.",
    trait_too_long: "traits.{{trait}}: ist länger als {{most}} Zeichen; es wurde weggelassen.",
    too_many_traits: "traits: Es werden nur {{most}} genommen; die übrigen wurden weggelassen.",
    not_a_trait: "traits.{{trait}}: ist {{found}}, erwartet wird: {{wanted}}. Es wurde weggelassen.",
    trait_changed_type:
      "traits.{{trait}}: war {{was}} und ist nun {{found}}; der alte Wert bleibt. Senden Sie es wie zuvor oder unter einem anderen Namen.",
    not_a_number:
      "properties.{{field}}: {{found}} ist keine Zahl; der Kauf wurde ohne diese Angabe gespeichert.",
  },
  // what a value is, or should be
  kinds: {
    text: "ein Text",
    number: "eine Zahl",
    whole_number: "eine ganze Zahl",
    boolean: "ja oder nein (true oder false)",
    list: "eine Liste",
    object: "ein Objekt",
    null: "null",
    nothing: "nichts",
  },
  // why a webhook or a Slack channel was not told, as the server says it in its mail
  deliveries: {
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
  // library and codes
  too_much_content: "Die Bibliothek fasst höchstens {{most}} Einträge; nehmen Sie zuerst einige heraus.",
  content_in_play:
    "Die Aktion „{{play}}“ verschickt diesen Eintrag. Wählen Sie dort einen anderen und warten Sie, bis niemand mehr unterwegs ist, oder beenden Sie sie.",
  pool_name_taken: "Es gibt schon einen Vorrat „{{name}}“; wählen Sie einen anderen Namen.",
  too_many_pools: "Es gibt schon {{most}} Vorräte; löschen Sie einen, den niemand braucht.",
  pool_in_play:
    "Die Aktion „{{play}}“ vergibt Codes aus diesem Vorrat. Wählen Sie dort einen anderen und warten Sie, bis niemand mehr unterwegs ist, oder beenden Sie sie.",
  pool_full: "Ein Vorrat fasst höchstens {{most}} Codes; legen Sie einen weiteren an.",
  no_codes: "Darin steht kein Code; schreiben Sie in jede Zeile einen.",
  csv_broken:
    "Das lässt sich nicht als CSV lesen; meist fehlt ein Anführungszeichen. Schreiben Sie in jede Zeile einen Code.",
  no_such_incentive: "Diesen Code hat niemand bekommen; sehen Sie im Verzeichnis seines Vorrats nach.",
  // customers, cases, moves
  no_such_case: "Diesen Fall gibt es hier nicht; vielleicht wurde der Kunde gelöscht.",
  reply_already_sent:
    "Diese Antwort ist schon verschickt; schreiben Sie eine weitere, um etwas richtigzustellen.",
  same_customer: "Das ist derselbe Kunde wie der, der bleibt; nennen Sie zwei.",
  anonymous_survey:
    "Einer von beiden hat eine anonyme Umfrage beantwortet; niemand darf sagen, wer das war, also lassen sie sich nicht zusammenführen.",
  no_such_event_name:
    "So heißt hier kein Ereignis; Namen werden genau so geschrieben, wie sie gesendet werden.",
  no_such_period:
    "Das ist kein Zeitraum; schreiben Sie eine Welle wie 2026-Q3 oder Tage wie 2026-07-01..2026-09-15.",
  period_backwards: "Der Zeitraum endet, bevor er beginnt; schreiben Sie den früheren Tag zuerst.",
  periods_overlap: "Der spätere Zeitraum beginnt, bevor der frühere zu Ende ist; wählen Sie einen späteren.",
  no_two_waves:
    "Es gibt noch keine zwei Wellen mit Antworten, also kann sich niemand bewegt haben; wählen Sie zwei Zeiträume.",
  counting: "So viele Kunden zu zählen dauert eine Weile; sehen Sie in einer Minute wieder nach.",
  took_too_long: "Das dauerte zu lange und wurde angehalten; grenzen Sie die Tage oder den Text ein.",
  // plays
  no_audience: "Die Aktion ist noch für niemanden. Wählen Sie ein Segment oder Bedingungen.",
  audience_empty: "Jetzt würde niemand aufgenommen. Das geschieht, sobald Kunden zur Zielgruppe gehören.",
  too_few_for_result:
    "Jetzt würden {{customers}} Kunden aufgenommen. Um einen Gewinn von {{points}} Punkten zu erkennen, sind etwa {{needed}} nötig; ein Ergebnis lässt sich also nicht versprechen.",
  unknown_feature:
    "Nichts namens {{feature}} zählt als Funktion. Wählen Sie eines der Ereignisse, oder kennzeichnen Sie es dort.",
  never_asked:
    "Das Ziel ist eine Antwort von 9 oder 10, aber kein Schritt fragt. Dann zählen nur die, die eine Umfrage zufällig rechtzeitig fragt; fügen Sie den Schritt Erneut fragen hinzu.",
  asked_too_late:
    "Gefragt wird am Tag {{day}}, das Ergebnis aber nach {{days}} Tagen gelesen. Fragen Sie früher, oder lesen Sie es später.",
  holdout_is_everybody:
    "Alle würden in Ruhe gelassen, also erreichte die Aktion niemanden. Lassen Sie höchstens die Hälfte in Ruhe.",
  holdout_needs_reason:
    "Niemand wird in Ruhe gelassen, also wird nie jemand wissen, ob die Aktion gewirkt hat. Lassen Sie einige in Ruhe, oder sagen Sie, warum nicht; der Grund bleibt vermerkt.",
  no_proof:
    "Niemand wird in Ruhe gelassen, also kann das Ergebnis nur sagen, was geschah, nicht, ob es an der Aktion lag.",
  holdout_too_large:
    "Mehr als die Hälfte wird in Ruhe gelassen. Das beweist nicht mehr, als es die Hälfte täte, und die Aktion erreicht weniger Kunden.",
  step_twice: "Zwei Schritte heißen {{step}}. Geben Sie einem einen anderen Namen.",
  no_steps: "In dieser Aktion geschieht noch nichts. Fügen Sie einen ersten Schritt hinzu.",
  loop_without_wait:
    "Von {{step}} kehrt die Aktion ohne Warten zu {{step}} zurück und täte sofort immer wieder dasselbe. Setzen Sie einen Schritt Warten dazwischen, oder lassen Sie sie anderswo weitergehen.",
  loop_without_end: "Von {{step}} führt kein Weg aus der Aktion. Lassen Sie Kunden sie irgendwo verlassen.",
  nothing_done:
    "Die Schritte warten und verzweigen nur, also würde niemand etwas merken. Fügen Sie einen Schritt hinzu, der etwas tut.",
  step_never_reached:
    "Kein Weg führt zu {{step}}. Lassen Sie einen Schritt dorthin führen, oder nehmen Sie ihn heraus.",
  no_such_member: "Wer das tun sollte, ist kein Mitglied mehr. Wählen Sie jemand anderen.",
  no_such_content: "Diesen Eintrag gibt es in der Bibliothek nicht mehr. Wählen Sie einen anderen.",
  nothing_to_choose:
    "Die Bibliothek hat nichts dieser Art, also bekäme niemand diese E-Mail. Fügen Sie etwas hinzu, oder wählen Sie andere Arten.",
  no_such_receiver: "Wohin das geht, gibt es nicht mehr. Wählen Sie einen anderen Ort.",
  receiver_of_other_kind: "{{name}} nimmt keine Nachricht dieser Art. Wählen Sie einen anderen Ort.",
  no_such_pool: "Diesen Vorrat an Codes gibt es nicht mehr. Wählen Sie einen anderen.",
  pool_empty: "{{name}} hat keine Codes mehr. Legen Sie welche nach, bevor die Aktion beginnt.",
  pool_short:
    "{{name}} hat noch {{free}} Codes, und {{customers}} Kunden nähmen jetzt an der Aktion teil. Legen Sie welche nach, sonst bekommen nicht alle einen.",
  site_missing: "Sagen Sie, wo die Bewertung geschrieben werden soll: Jeder Ort hat seine eigenen Regeln.",
  link_invalid: "Das ist keine Adresse einer Seite; schreiben Sie eine, die mit https:// beginnt.",
  review_request_by_score:
    "Diese E-Mail bittet um eine Bewertung, und wer sie bekommt, hängt von der Antwort ab. Um Bewertungen ist bei allen gleich zu bitten; nehmen Sie den Punktwert aus der Zielgruppe und den Verzweigungen.",
  incentive_for_review:
    "Kunden bekommen hier etwas und werden um eine Bewertung an einem Ort gebeten, der das nicht erlaubt. Nehmen Sie den Code oder die Bitte aus dieser Aktion.",
  incentive_by_sentiment:
    "Wer das bekommt, hängt von der Antwort ab, belohnt also eine hohe oder niedrige Punktzahl. Geben Sie es allen, die mitmachen, gleich was sie sagen, oder niemandem.",
  incentive_shifts_answers:
    "Nur Kunden mit bestimmten Punktwerten bekommen etwas fürs Antworten und antworten daher öfter als andere. Das Verzeichnis vermerkt es, und das Ergebnis achtet darauf.",
} as const;
