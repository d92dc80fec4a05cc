import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { I18nProvider, RouterProvider as LinkProvider } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { queries } from "./queries.ts";
import { router } from "./routes.tsx";

/** The whole interface: router, cache, language. Links of the design system go through the router. */
export function App() {
  const { i18n } = useTranslation();
  return (
    <StrictMode>
      <QueryClientProvider client={queries}>
        <I18nProvider locale={i18n.language === "de" ? "de-DE" : "en-GB"}>
          <LinkProvider navigate={(href) => void router.navigate({ href })}>
            <RouterProvider router={router} />
          </LinkProvider>
        </I18nProvider>
      </QueryClientProvider>
    </StrictMode>
  );
}
