import "@fontsource-variable/inter/opsz.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startWords } from "./i18n.ts";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root.");
await startWords();
createRoot(root).render(<App />);
