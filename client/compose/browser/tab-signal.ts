/** A word from one tab to all others of this browser. */

/** Says it, and hears it from others. */
export interface TabSignal {
  readonly announce: () => void;
  readonly onAnnounced: (callback: () => void) => void;
}

/** The signal `name`. */
export function createTabSignal(name: string): TabSignal {
  const channel = new BroadcastChannel(name);
  return {
    announce: () => channel.postMessage(name),
    onAnnounced: (callback) => {
      channel.onmessage = callback;
    },
  };
}
