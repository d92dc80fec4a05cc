import { errorOf, workspaceHeader } from "../../api.ts";

/** Stores a picture as the survey's logo and gives its id. The body is the file itself, so the typed client does not fit. */
export async function uploadLogo(surveyId: string, file: File): Promise<string> {
  const response = await fetch(`/api/v1/surveys/${surveyId}/logo`, {
    method: "PUT",
    credentials: "same-origin",
    headers: { ...workspaceHeader(), "content-type": file.type },
    body: file,
  });
  if (!response.ok) throw await errorOf(response);
  return ((await response.json()) as { id: string }).id;
}
