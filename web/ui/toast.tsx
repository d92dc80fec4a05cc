import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Kbd, TextButton } from "./button.tsx";
import { Icon } from "./icons.tsx";
import { useShortcut } from "./shortcuts.ts";
import "./toast.css";

interface Toast {
  id: number;
  message: string;
  tone: "done" | "warning";
  undo: (() => void | Promise<void>) | undefined;
  /** Called when the time to undo is over, or another action comes first. */
  settle: (() => void) | undefined;
}

const secondsShown = 8;
let queue: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]) {
  queue = next;
  for (const listener of listeners) listener();
}

/**
 * Says what was done, for 8 seconds. With `undo` it offers to take it back (Z);
 * `settle` runs when that time is over, for work that is held back until then.
 */
export function toast({
  message,
  tone = "done",
  undo,
  settle,
}: {
  message: string;
  tone?: "done" | "warning";
  undo?: () => void | Promise<void>;
  settle?: () => void;
}) {
  lastId += 1;
  const added: Toast = { id: lastId, message, tone, undo, settle };
  const kept = queue.slice(-2);
  for (const dropped of queue.slice(0, -2)) dropped.settle?.();
  change([...kept, added]);
}

function dismiss(toast: Toast) {
  if (!queue.includes(toast)) return;
  change(queue.filter((other) => other !== toast));
  toast.settle?.();
}

function takeBack(toast: Toast) {
  if (!queue.includes(toast)) return;
  change(queue.filter((other) => other !== toast));
  void toast.undo?.();
}

function useToasts() {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => queue,
  );
}

/** Where toasts appear; mounted once, in the app's frame. */
export function ToastRegion() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const undoable = toasts.findLast((toast) => toast.undo);
  useShortcut("z", () => undoable && takeBack(undoable));
  return (
    <section className="toasts" aria-label={t("ui.notifications")} data-react-aria-top-layer="true">
      <div role="status" className="sr">
        {toasts.map((toast) => toast.message).join(" ")}
      </div>
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} hasKey={toast === undoable} />
      ))}
    </section>
  );
}

function OneToast({ toast, hasKey }: { toast: Toast; hasKey: boolean }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast), secondsShown * 1000);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div className={`toast ${toast.tone}`}>
      <Icon name={toast.tone === "done" ? "check" : "warning"} />
      <span>{toast.message}</span>
      {toast.undo && (
        <>
          <TextButton onPress={() => takeBack(toast)}>{t("ui.undo")}</TextButton>
          {hasKey && <Kbd>Z</Kbd>}
        </>
      )}
    </div>
  );
}
