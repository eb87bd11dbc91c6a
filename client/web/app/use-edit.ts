/** Edits from a screen: made durable by the engine, confirmed with an undo, or refused with its reason. */
import { useCallback } from "react";
import type { Edit } from "../model/types.ts";
import { useLibrary } from "./library.tsx";
import { useToast } from "./toasts.tsx";

/** Makes an edit; resolves to whether it was made. `said` is what the message says, "Named Anna". */
export type MakeEdit = (edit: Edit, said: string) => Promise<boolean>;

/** The function that makes edits and shows their undo. */
export function useEdit(): MakeEdit {
  const { engine } = useLibrary();
  const show = useToast();
  return useCallback(
    async (edit, said) => {
      const made = await engine.edit(edit);
      if (!made.ok) {
        show({ text: sentence(made.error.reason), tone: "problem" });
        return false;
      }
      const undo = async (): Promise<void> => {
        const undone = await engine.edit({ kind: "undo", event: made.value });
        show(undone.ok ? { text: `Undone: ${said}` } : { text: sentence(undone.error.reason), tone: "problem" });
      };
      const canUndo = edit.kind !== "undo";
      show({ text: said, ...(canUndo && { action: { label: "Undo", run: () => void undo() } }) });
      return true;
    },
    [engine, show],
  );
}

/** `reason` with a capital and a full stop. */
export function sentence(reason: string): string {
  const text = `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
