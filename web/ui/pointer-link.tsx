import { useRouter } from "@tanstack/react-router";
import type { ComponentProps } from "react";

/**
 * A second, larger target for the pointer beside a real link: out of the tab order and not read aloud.
 * Ctrl-click and middle click open a new tab, as with any link.
 */
export function PointerLink({ href, ...rest }: ComponentProps<"a"> & { href: string }) {
  const router = useRouter();
  return (
    <a
      {...rest}
      href={href}
      tabIndex={-1}
      aria-hidden="true"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        void router.navigate({ href });
      }}
    />
  );
}
