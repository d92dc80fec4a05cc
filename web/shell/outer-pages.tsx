import { Outlet, useLocation, useMatches, type ErrorComponentProps } from "@tanstack/react-router";
import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState, ErrorCard } from "../ui/states.tsx";
import { ToastRegion } from "../ui/toast.tsx";
import "./shell.css";

/** What is around everything: the title of the page, the focus after a change of page, the toasts. */
export function Page() {
  usePageTitle();
  useFocusAfterNavigation();
  return (
    <>
      <Suspense>
        <Outlet />
      </Suspense>
      <ToastRegion />
    </>
  );
}

function usePageTitle() {
  const { t } = useTranslation();
  const key = useMatches({
    select: (matches) => matches.findLast((match) => match.staticData.title)?.staticData.title,
  });
  const title = key ? `${t(key)} · Nines` : "Nines";
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** A new page starts at its beginning for those who do not see it: the focus goes to the main part. */
function useFocusAfterNavigation() {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [path]);
}

/** No such page, or not this member's workspace: it does not say which, and names the way back. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className="outer" id="main">
      <EmptyState
        heading
        icon="search"
        title={t("shell.notFound.title")}
        action={
          <ButtonLink variant="primary" size="sm" href="/">
            {t("shell.notFound.action")}
          </ButtonLink>
        }
      >
        {t("shell.notFound.body")}
      </EmptyState>
    </main>
  );
}

/** The page is here but the server does not answer. */
export function Unreachable({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <main className="outer" id="main">
      <Card>
        <ErrorCard
          title={t("shell.unreachable.title")}
          error={error}
          stillTrue={t("shell.unreachable.body")}
          onRetry={() => {
            reset();
            location.reload();
          }}
        />
      </Card>
    </main>
  );
}
