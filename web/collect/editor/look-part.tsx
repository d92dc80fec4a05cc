import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, TextButton } from "../../ui/button.tsx";
import { FormError } from "../../ui/form.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { contrast, darkerShade, isHue, readable } from "./contrast.ts";
import { useEditing, useProblem } from "./editing.ts";
import { Part, SettingRow } from "./part.tsx";
import { uploadLogo } from "./upload-logo.ts";
import { useReason } from "../../ui/reason.ts";

/** Logo and accent. The accent is measured while it is chosen: white words stand on it. */
export function LookPart() {
  const { t } = useTranslation();
  return (
    <Part id="look" title={t("editor.look.title")} sub={t("editor.look.sub")}>
      <Logo />
      <Accent />
    </Part>
  );
}

function Logo() {
  const { t } = useTranslation();
  const { survey, draft, changeContent } = useEditing();
  const { logo } = draft.content.branding;
  const problem = useProblem("content.branding.logo");
  const sentence = useReason();
  const change = (id: string | null) =>
    changeContent((content) => ({ ...content, branding: { ...content.branding, logo: id } }));
  const upload = useMutation({ mutationFn: (file: File) => uploadLogo(survey.id, file), onSuccess: change });
  return (
    <SettingRow
      title={t("editor.look.logo")}
      detail={t("editor.look.logoHint")}
      control={
        <span className="logo-b">
          {logo && <img src={`/img/${logo}`} alt={t("editor.look.logoAlt")} />}
          {logo && (
            <Button size="sm" variant="quiet" onPress={() => change(null)}>
              {t("editor.look.logoRemove")}
            </Button>
          )}
          <FileTrigger
            acceptedFileTypes={["image/png", "image/jpeg", "image/webp", "image/gif"]}
            onSelect={(files) => {
              const file = files?.[0];
              if (file) upload.mutate(file);
            }}
          >
            <Button size="sm" icon="upload" isPending={upload.isPending}>
              {t(logo ? "editor.look.logoReplace" : "editor.look.logoChoose")}
            </Button>
          </FileTrigger>
        </span>
      }
    >
      <FormError error={upload.error} />
      {problem && <p className="field-error">{sentence(problem)}</p>}
    </SettingRow>
  );
}

function Accent() {
  const { t } = useTranslation();
  const format = useFormat();
  const { draft, changeContent } = useEditing();
  const { accent } = draft.content.branding;
  const [typed, setTyped] = useState<string>();
  const change = (hue: string | null) =>
    changeContent((content) => ({ ...content, branding: { ...content.branding, accent: hue } }));
  const write = (text: string) => {
    setTyped(text);
    const hue = text.startsWith("#") || text === "" ? text : `#${text}`;
    if (text === "") change(null);
    else if (isHue(hue)) change(hue.toLowerCase());
  };
  const shown = accent ?? "#1c1a16";
  const ratio = isHue(shown) ? contrast(shown, "#ffffff") : 0;
  const better = isHue(shown) ? darkerShade(shown) : "#1c1a16";
  return (
    <SettingRow
      title={t("editor.look.accent")}
      detail={t("editor.look.accentHint")}
      control={
        <span className="accent-b">
          {accent && (
            <Button size="sm" variant="quiet" onPress={() => change(null)}>
              {t("editor.look.accentRemove")}
            </Button>
          )}
          <input
            type="color"
            className="hue"
            aria-label={t("editor.look.accentPick")}
            value={isHue(shown) ? shown : "#1c1a16"}
            onChange={(event) => change(event.target.value)}
          />
          <input
            className="input hex"
            aria-label={t("editor.look.accentHex")}
            value={typed ?? accent ?? ""}
            placeholder="#1c1a16"
            spellCheck={false}
            onFocus={() => setTyped(accent ?? "")}
            onBlur={() => setTyped(undefined)}
            onChange={(event) => write(event.target.value.trim())}
          />
        </span>
      }
    >
      {accent && (
        <p className={ratio < readable ? "accent-note det" : "accent-note faint"} role="status">
          <Icon name={ratio < readable ? "warning" : "check"} size={14} />
          <span>
            {t(ratio < readable ? "editor.look.unreadable" : "editor.look.readable", {
              ratio: format.decimal(Math.floor(ratio * 10) / 10),
            })}{" "}
            {ratio < readable && (
              <TextButton onPress={() => change(better)}>{t("editor.look.take", { hue: better })}</TextButton>
            )}
          </span>
        </p>
      )}
    </SettingRow>
  );
}
