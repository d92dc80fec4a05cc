import { type KeyboardEvent, type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayDo, useSession, useWorkspace } from "../../session.ts";
import { useCommandKey } from "../../shell/command-key.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Tabs } from "../../ui/choice.tsx";
import { LanguageTag } from "../../ui/marks.tsx";
import { Menu } from "../../ui/menu.tsx";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { OwnerMenu } from "./case-actions.tsx";
import { type CaseDetails, personOf, sendReply, takeBack, writeNote } from "./inbox-data.ts";

interface Draft {
  subject: string;
  text: string;
  note: string;
  /** Made anew for each thing that is sent, so that sending it twice sends one. */
  id: string;
}

/** What was begun and not sent, by case, for as long as the page is open. */
const drafts = new Map<string, Draft>();

/** What a first mail is about, for customers whose language the interface speaks. */
const subjects: Partial<Record<string, string>> = { de: "Ihre Antwort", en: "Your answer" };

type Then = "waiting" | "closed" | "open";

/** Where a reply, or a note for the team, is written. ⌘↵ sends. */
export function Composer({
  details,
  field,
  onSent,
}: {
  details: CaseDetails;
  field: RefObject<HTMLTextAreaElement | null>;
  /** The case left the list it was in: another one can be opened. */
  onSent: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const sendKey = useCommandKey("↵");
  const [draft, setDraft] = useDraft(details);
  const [kind, setKind] = useState<"reply" | "note">(details.reply.silence ? "note" : "reply");
  const [isSending, setSending] = useState(false);
  const { id } = details.case;
  const isReply = kind === "reply";
  const text = isReply ? draft.text : draft.note;
  const isReady = isReply
    ? draft.subject.trim() !== "" && hasWords(details, draft.text)
    : draft.note.trim() !== "";

  const run = async (work: () => Promise<void>) => {
    if (!isReady || isSending) return;
    setSending(true);
    try {
      await work();
    } catch (error) {
      toast({ message: sentence(error), tone: "warning" });
    } finally {
      setSending(false);
    }
  };
  const send = (thenState: Then) =>
    run(async () => {
      const reply = { id: draft.id, subject: draft.subject.trim(), text: draft.text.trim(), thenState };
      const { messageId } = await sendReply(slug, id, { ...reply, language: details.reply.language });
      setDraft(undefined);
      const undo = async () => {
        try {
          await takeBack(slug, id, messageId);
          drafts.set(id, { ...draft, id: crypto.randomUUID() });
          toast({ message: t("inbox.reply.takenBack") });
        } catch (error) {
          toast({ message: sentence(error), tone: "warning" });
        }
      };
      toast({ message: t("inbox.reply.held", { name: personOf(details.customer) ?? "" }), undo });
      onSent();
    });
  const note = () =>
    run(async () => {
      await writeNote(slug, id, { id: draft.id, text: draft.note.trim() });
      setDraft({ ...draft, note: "", id: crypto.randomUUID() });
      toast({ message: t("inbox.note.written") });
    });
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") field.current?.blur();
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    void (isReply ? send("waiting") : note());
  };

  return (
    <form
      className="ib-composer"
      aria-label={t("inbox.composer")}
      onSubmit={(event) => event.preventDefault()}
    >
      <To details={details} kind={kind} onKind={setKind} />
      {isReply && (
        <input
          className="ib-subject"
          aria-label={t("inbox.reply.subject")}
          placeholder={t("inbox.reply.subject")}
          lang={details.reply.language}
          value={draft.subject}
          maxLength={300}
          onKeyDown={onKey}
          onChange={({ target }) => setDraft({ ...draft, subject: target.value })}
        />
      )}
      <textarea
        ref={field}
        className="ib-text"
        aria-label={t(isReply ? "inbox.reply.text" : "inbox.note.text")}
        placeholder={t(isReply ? "inbox.reply.text" : "inbox.note.placeholder")}
        {...(isReply && { lang: details.reply.language })}
        rows={Math.min(14, Math.max(isReply ? 7 : 3, text.split("\n").length + 1))}
        value={text}
        onKeyDown={onKey}
        onChange={({ target }) =>
          setDraft(isReply ? { ...draft, text: target.value } : { ...draft, note: target.value })
        }
      />
      <div className="ib-bar">
        <OwnerMenu row={details.case} />
        {isReply ? (
          <span className="ib-send">
            <Button
              size="sm"
              variant="primary"
              shortcut={sendKey}
              isDisabled={!isReady}
              isPending={isSending}
              onPress={() => void send("waiting")}
            >
              {t("inbox.reply.sendAndWait")}
            </Button>
            <Menu
              trigger={<IconButton icon="chevronUp" label={t("inbox.reply.more")} isDisabled={!isReady} />}
              label={t("inbox.reply.more")}
              placement="top end"
              sections={[
                {
                  lines: [
                    {
                      id: "close",
                      label: t("inbox.reply.sendAndClose"),
                      onAction: () => void send("closed"),
                    },
                    { id: "open", label: t("inbox.reply.sendAndKeep"), onAction: () => void send("open") },
                  ],
                },
              ]}
            />
          </span>
        ) : (
          <Button
            size="sm"
            variant="primary"
            shortcut={sendKey}
            isDisabled={!isReady}
            isPending={isSending}
            onPress={() => void note()}
          >
            {t("inbox.note.write")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Who gets it; or why nobody can write to them, and then notes alone can be written. */
function To({
  details: { customer, reply },
  kind,
  onKind,
}: {
  details: CaseDetails;
  kind: "reply" | "note";
  onKind: (kind: "reply" | "note") => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="ib-to">
      {kind === "reply" ? (
        <span className="ib-who">
          <span className="faint">{t("inbox.reply.to")}</span> {customer.name}{" "}
          <span className="faint">{customer.email}</span>
        </span>
      ) : (
        <span className="ib-who muted">
          {reply.silence ? t(`inbox.silence.${reply.silence}`) : t("inbox.note.who")}
        </span>
      )}
      {kind === "reply" && <LanguageTag tag={reply.language.slice(0, 2).toUpperCase()} />}
      {!reply.silence && (
        <Tabs
          label={t("inbox.composer")}
          options={[
            { id: "reply", label: t("inbox.reply.tab") },
            { id: "note", label: t("inbox.note.tab") },
          ]}
          value={kind}
          onChange={onKind}
        />
      )}
    </div>
  );
}

/** More than the greeting and the name that stand there already. */
function hasWords({ reply }: CaseDetails, text: string): boolean {
  return text.replace(reply.greeting, "").trim().split(/\s+/).filter(Boolean).length >= 3;
}

function useDraft(details: CaseDetails) {
  const { person } = useSession();
  const { id } = details.case;
  const [, again] = useState(0);
  const fresh = (): Draft => ({
    subject: details.reply.subject || (subjects[details.reply.language.slice(0, 2)] ?? ""),
    text: `${details.reply.greeting}\n\n\n\n${person?.name ?? ""}`,
    note: "",
    id: crypto.randomUUID(),
  });
  const draft = drafts.get(id) ?? fresh();
  if (!drafts.has(id)) drafts.set(id, draft);
  const setDraft = (next: Draft | undefined) => {
    if (next) drafts.set(id, next);
    else drafts.delete(id);
    again((n) => n + 1);
  };
  return [draft, setDraft] as const;
}

/** Who may only read is told who may reply. */
export function ReadersNote() {
  const { t } = useTranslation();
  return useMayDo("editor") ? null : <p className="ib-readers">{t("inbox.readers")}</p>;
}
