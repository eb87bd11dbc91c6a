/** "Lock" in the frame of the library, where there is a passphrase. */
import type { ReactElement } from "react";
import { Icon } from "../ui/icon.tsx";
import { useLock } from "./lock.tsx";

/** The button, or nothing. */
export function LockButton(): ReactElement | null {
  const { settings, lockNow } = useLock();
  if (settings?.hasPassphrase !== true) return null;
  return (
    <button type="button" className="lock-button" aria-label="Lock now" onClick={lockNow}>
      <Icon name="lock" />
      <span>Lock</span>
    </button>
  );
}
