import { useRef } from "react";

import { filesOfInput, type PickedFile } from "@/lib/fileTree";
import { Button } from "@/ui/Button";
import type { GlyphName } from "@/ui/glyphs";

interface PickButtonProps {
  label: string;
  icon: GlyphName;
  kind?: "primary" | "plain";
  /** Chooses a whole folder instead of files. */
  folder?: boolean;
  onPick: (files: readonly PickedFile[]) => void;
}

/** Opens the browser's own picker. */
export function PickButton({ label, icon, kind = "plain", folder = false, onPick }: PickButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind={kind} icon={icon} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={label}
        // Phones show their music only with a type; a folder takes everything, and the rest is listed as skipped.
        {...(folder
          ? { webkitdirectory: "" }
          : {
              accept:
                "audio/*,.flac,.opus,.ogg,.oga,.m4a,.m4b,.aif,.aiff,.wv,.ape,.wma,.mpc,.tta,.dsf,.dff,.webm,.mka",
            })}
        onChange={(event) => {
          onPick(filesOfInput(event.target.files ?? []));
          event.target.value = "";
        }}
      />
    </>
  );
}
