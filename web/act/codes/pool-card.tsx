import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayDo, useTimeZone } from "../../session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import { Menu } from "../../ui/menu.tsx";
import { useNow } from "../../ui/now.ts";
import { AddCodesDialog } from "./add-codes-dialog.tsx";
import type { CodePool } from "./codes-data.ts";
import { LedgerDialog } from "./ledger-dialog.tsx";
import { DeletePool, WithdrawRest } from "./pool-confirms.tsx";
import { PoolDialog } from "./pool-dialog.tsx";

type Open = "add" | "ledger" | "edit" | "withdraw" | "delete" | undefined;

/** One pool: what a code is worth, how many are left, and what can be done. */
export function PoolCard({ pool }: { pool: CodePool }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const now = useNow();
  const mayEdit = useMayDo("editor");
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { name, worth, plays, expiresAt } = pool;
  const more = t("codes.more", { name });
  const [play] = plays;
  return (
    <Card
      title={name}
      sub={worth || t("codes.noWorth")}
      end={
        <>
          {mayEdit && (
            <Button size="sm" icon="plus" onPress={() => setOpen("add")}>
              {t("codes.add.action")}
            </Button>
          )}
          <Button size="sm" variant="quiet" onPress={() => setOpen("ledger")}>
            {t("codes.ledger.action")}
          </Button>
          {mayEdit && (
            <Menu
              label={more}
              placement="bottom end"
              trigger={<IconButton icon="more" label={more} />}
              sections={[
                {
                  lines: [
                    { id: "edit", label: t("library.edit"), icon: "key", onAction: () => setOpen("edit") },
                    {
                      id: "withdraw",
                      label: t("codes.withdraw.action"),
                      icon: "minus",
                      isDisabled: pool.free === 0,
                      onAction: () => setOpen("withdraw"),
                    },
                    {
                      id: "delete",
                      label: t("codes.remove.action"),
                      icon: "trash",
                      danger: play === undefined,
                      isDisabled: play !== undefined,
                      ...(play && { detail: t("codes.remove.inPlay", { name: play.name }) }),
                      onAction: () => setOpen("delete"),
                    },
                  ],
                },
              ]}
            />
          )}
        </>
      }
    >
      <Stock pool={pool} />
      <p className="cd-facts small muted">
        {[
          t("codes.given", { written: format.count(pool.given) }),
          t("codes.redeemed", { written: format.count(pool.redeemed) }),
          pool.withdrawn > 0 && t("codes.withdrawn", { written: format.count(pool.withdrawn) }),
          expiresAt !== null &&
            new Date(expiresAt) > now &&
            t("codes.expires", { day: format.shortDate(new Date(new Date(expiresAt).getTime() - 1)) }),
          plays.length > 0 && t("codes.usedBy", { names: plays.map((each) => each.name).join(", ") }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {open === "add" && <AddCodesDialog pool={pool} onClose={close} />}
      {open === "ledger" && <LedgerDialog pool={pool} onClose={close} />}
      {open === "edit" && <PoolDialog pool={pool} onClose={close} />}
      {open === "withdraw" && <WithdrawRest pool={pool} onClose={close} />}
      {open === "delete" && <DeletePool pool={pool} onClose={close} />}
    </Card>
  );
}

/** How much is left, as a bar and in words. */
function Stock({ pool: { name, free, given, low, expiresAt } }: { pool: CodePool }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const isOver = expiresAt !== null && new Date(expiresAt) <= now;
  const all = free + given;
  const share = all === 0 ? 0 : free / all;
  return (
    <div className="cd-stock">
      <span
        className={low ? "cd-bar low" : "cd-bar"}
        role="img"
        aria-label={t("codes.bar", { written: format.percent(share), name })}
      >
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <b className="nowrap">{t("codes.left", { written: format.count(free) })}</b>
      {isOver ? (
        <Badge tone="detractor">{t("codes.expired")}</Badge>
      ) : (
        low && <Badge tone="passive">{t(free === 0 ? "codes.none" : "codes.low")}</Badge>
      )}
    </div>
  );
}
