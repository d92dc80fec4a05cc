import { ApiError, errorOf, workspaceHeader } from "../api.ts";
import type { Import } from "./imports-data.ts";

/** An upload under way. */
export interface Upload {
  done: Promise<Import>;
  cancel: () => void;
}

/** Sends a file as it is. By XMLHttpRequest, for `fetch` does not say how much has left. */
export function uploadFile(file: File, onProgress: (sent: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Import>((resolve, reject) => {
    request.open("POST", `/api/v1/imports?${new URLSearchParams({ name: file.name }).toString()}`);
    for (const [name, value] of Object.entries(workspaceHeader())) request.setRequestHeader(name, value);
    request.setRequestHeader("content-type", "text/csv");
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.upload.addEventListener("load", () => onProgress(file.size));
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Import);
      else void refusalOf(request).then(reject);
    });
    const offline = () => reject(new ApiError("offline", { code: "offline", status: 0 }));
    request.addEventListener("error", offline);
    request.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError")));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

function refusalOf(request: XMLHttpRequest): Promise<ApiError> {
  const id = request.getResponseHeader("x-request-id");
  return errorOf(
    new Response(request.responseText, { status: request.status, headers: id ? { "x-request-id": id } : {} }),
  );
}
