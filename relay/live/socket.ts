/** Ports: the two ends of a live socket inside the relay. */

/** One WebSocket, as much of it as the live feed needs. */
export interface LiveSocket {
  /** Resolves when the frame was handed to the network, which paces the sender; false where the socket is gone. */
  readonly send: (frame: string | Uint8Array) => Promise<boolean>;
  /** A protocol ping; the answer is told by `LiveReader.alive`. */
  readonly ping: () => void;
  /** Says goodbye and ends the socket. */
  readonly close: (code: number, reason: string) => void;
  /** Ends the socket without a word: the other side does not answer. */
  readonly terminate: () => void;
}

/** What the hub and the socket tell a reader. */
export interface LiveReader {
  /** A text frame came. */
  readonly receive: (text: string) => void;
  /** The other side answered a ping. */
  readonly alive: () => void;
  /** Asks for a sign of life; ends a socket that gave none twice. */
  readonly checkAlive: () => void;
  /** There may be more to send. */
  readonly wake: () => void;
  /** Says why and ends the socket. */
  readonly end: (reason: string, code?: number) => void;
  /** The socket is gone. */
  readonly gone: () => void;
}
