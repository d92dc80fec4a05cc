import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api.ts";
import { queries } from "../queries.ts";
import { homeOf, refreshSession } from "../session.ts";

/** Deletes the open workspace once a dialog has asked, and goes where its member still belongs. */
export function useDeleteWorkspace() {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.api.v1.workspace.$delete(),
    onSuccess: async () => {
      setOpen(false);
      const session = await refreshSession();
      await navigate({ href: homeOf(session) });
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
  return {
    open: () => setOpen(true),
    error: remove.error,
    /** For `Confirm`. */
    dialog: {
      isOpen,
      onClose: () => setOpen(false),
      isPending: remove.isPending,
      onConfirm: () => remove.mutate(),
    },
  };
}
