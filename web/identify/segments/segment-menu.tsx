import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { IconButton } from "../../ui/button.tsx";
import { Menu, type MenuLine } from "../../ui/menu.tsx";
import type { Segment } from "./segments-data.ts";
import { useDeleteSegment } from "./use-delete-segment.ts";

/** What can be done with a segment, behind three dots. */
export function SegmentMenu({
  segment,
  isOpen = false,
  onRemoved,
}: {
  segment: Segment;
  /** Its own page is open, so nothing leads there. */
  isOpen?: boolean;
  onRemoved?: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const remove = useDeleteSegment();
  const { id, name, usedBy } = segment;
  const [use] = usedBy;
  const open: MenuLine = {
    id: "open",
    label: t(mayEdit ? "segments.actions.edit" : "segments.actions.open"),
    icon: "filter",
    href: `/${slug}/segments/${id}`,
  };
  const change: MenuLine[] = [
    { id: "copy", label: t("segments.actions.copy"), icon: "copy", href: `/${slug}/segments/new?copy=${id}` },
    {
      id: "remove",
      label: t("segments.actions.remove"),
      icon: "trash",
      danger: use === undefined,
      isDisabled: use !== undefined,
      ...(use && { detail: t("segments.actions.inUse", { name: use.name }) }),
      onAction: () => {
        remove(segment);
        onRemoved?.();
      },
    },
  ];
  const sections = [...(isOpen ? [] : [{ lines: [open] }]), ...(mayEdit ? [{ lines: change }] : [])];
  if (sections.length === 0) return null;
  const label = t("segments.actions.of", { name });
  return (
    <Menu
      label={label}
      placement="bottom end"
      trigger={<IconButton icon="more" label={label} />}
      sections={sections}
    />
  );
}
