import { errorOf, workspaceHeader } from "../api.ts";
import type { Import } from "./imports-data.ts";

/** Saves the failed rows as a file. Not a plain link, for a link cannot say which workspace is meant. */
export async function downloadFailures({ id, name }: Pick<Import, "id" | "name">) {
  const response = await fetch(`/api/v1/imports/${id}/failures.csv`, { headers: workspaceHeader() });
  if (!response.ok) throw await errorOf(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name.replace(/\.[a-z]+$/i, "")}-failed.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
