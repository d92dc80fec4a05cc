import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "./button.tsx";
import "./dialog.css";

/** A dialog over the page. `shape="side"` opens at the edge, for one row of a table. Escape closes it. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  foot,
  shape = "normal",
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** The buttons, in reading order; the main one last. */
  foot?: ReactNode;
  shape?: "normal" | "wide" | "side";
}) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      {/* Not "side": that is the class of the rail, which a phone hides. */}
      <Modal className={shape === "side" ? "dialog sheet" : `dialog ${shape}`}>
        <AriaDialog>
          <div className="dialog-h">
            <Heading slot="title">{title}</Heading>
            <IconButton icon="close" label={t("ui.close")} onPress={onClose} />
          </div>
          {children}
          {foot && <div className="dialog-foot">{foot}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks before something that cannot be taken back; for everything that can, act and offer Undo in a toast. */
export function Confirm({
  title,
  isOpen,
  onClose,
  onConfirm,
  action,
  isPending = false,
  isReady = true,
  children,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  /** What will happen, as a verb: "Delete everything". */
  action: string;
  isPending?: boolean;
  /** False while something is still to be typed or ticked. */
  isReady?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Modal className="dialog">
        <AriaDialog role="alertdialog">
          <div className="dialog-h">
            <Heading slot="title">{title}</Heading>
          </div>
          {children}
          <div className="dialog-foot">
            <Button onPress={onClose}>{t("ui.cancel")}</Button>
            <Button danger onPress={onConfirm} isPending={isPending} isDisabled={!isReady}>
              {action}
            </Button>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
