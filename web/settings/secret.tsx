import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";

/** A link or key to be passed on, with a button that copies it. */
export function Secret({ text, action }: { text: string; action: string }) {
  return (
    <div className="secret">
      <code>{text}</code>
      <Button icon="copy" onPress={() => void copyText(text)}>
        {action}
      </Button>
    </div>
  );
}
