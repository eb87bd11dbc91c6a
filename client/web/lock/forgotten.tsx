/** What to do where the passphrase is forgotten: nobody can open this copy, so the only way is to begin again from another. */
import type { ReactElement } from "react";
import { EraseDialog } from "./erase-dialog.tsx";

/** The dialog. */
export function Forgotten(props: { readonly erase: () => Promise<void>; readonly onClose: () => void }): ReactElement {
  return (
    <EraseDialog title="Forgotten the passphrase" {...props}>
      <p>
        Then this browser’s copy cannot be read any more, by you, by us or by anybody. Your library is not lost: another device of
        yours has it, and your recovery words open it.
      </p>
      <p>
        Erase the copy here, then join again with a code from another device, or with your recovery words. What you did in this
        browser and what had not reached the relay yet is lost, and so are originals that you added only here.
      </p>
    </EraseDialog>
  );
}
