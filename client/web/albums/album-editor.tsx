/** Making an album or changing its rule: by chips of people, or by the text beneath, whichever one likes. */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { href } from "../app/route.ts";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";
import { chipsToRule, matchChips, parseChips, type Chips } from "../model/rule-text.ts";
import type { AlbumView, LibraryView } from "../model/types.ts";
import { count } from "../model/words.ts";
import { Dialog } from "../ui/dialog.tsx";
import { RuleEditor } from "./rule-editor.tsx";

/** The editor of `album`, or of a new one. */
export function AlbumEditor({
  album,
  onClose,
}: {
  readonly album: AlbumView | null;
  readonly onClose: () => void;
}): ReactElement {
  const { state } = useLibrary();
  const [name, setName] = useState(album?.name ?? "");
  const [{ rule, chips }, setRule] = useState(() => readRule(album?.rule ?? "", state.view));
  const { problem, save } = useSave(album, onClose);
  return (
    <Dialog title={album === null ? "New album" : `Rule of ${album.name}`} onClose={onClose} wide>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save(name.trim(), rule.trim());
        }}
      >
        {album === null && (
          <label className="field">
            <span>Name</span>
            <input
              value={name}
              maxLength={100}
              autoFocus
              placeholder="Family"
              onChange={(event) => setName(event.target.value)}
            />
          </label>
        )}
        <RuleEditor
          rule={rule}
          chips={chips}
          problem={problem}
          onRule={(text) => setRule(readRule(text, state.view))}
          onChips={(next) => setRule({ rule: chipsToRule(next, state.view), chips: next })}
        />
        <footer className="actions">
          <span className="matches" role="status">
            {chips !== null && rule.trim() !== "" && `${count(matchChips(chips, state.view).length, "photo")} match now`}
          </span>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={album === null && name.trim() === ""}>
            {album === null ? "Make album" : "Save rule"}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** A rule with the chips that say the same, if chips can. */
function readRule(rule: string, view: LibraryView): { readonly rule: string; readonly chips: Chips | null } {
  return { rule, chips: parseChips(rule, view) };
}

function useSave(
  album: AlbumView | null,
  onClose: () => void,
): { readonly problem: string | null; readonly save: (name: string, rule: string) => Promise<void> } {
  const { engine } = useLibrary();
  const show = useToast();
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (name: string, rule: string): Promise<void> => {
    const id = album?.id ?? engine.newAlbumId();
    // A refused rule is shown at its field instead of in passing, so it is asked for directly.
    const made = await engine.edit(
      album === null ? { kind: "createAlbum", album: id, name, rule } : { kind: "rule", album: id, rule },
    );
    if (!made.ok) return setProblem(sentence(made.error.reason));
    onClose();
    if (album === null) window.location.hash = href("album", id);
    const undo = (): void => void engine.edit({ kind: "undo", event: made.value });
    show({ text: album === null ? `Made the album ${name}` : "Changed the rule", action: { label: "Undo", run: undo } });
  };
  return { problem, save };
}
