/** The hub of live sockets: how many there may be, whom to wake when a library's log grows, and who has fallen silent. */
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import type { Clock } from "../effects.ts";
import type { RelayLimits } from "../limits.ts";
import type { LiveReader } from "./socket.ts";

/** All live sockets of the relay. */
export interface LiveHub {
  /** Takes a socket in, unless there are too many, of all or of this address: then why. */
  readonly join: (reader: LiveReader, address: string) => string | null;
  /** The socket is gone. */
  readonly leave: (reader: LiveReader) => void;
  /** From now on `reader` is woken when the library's log grows. */
  readonly subscribe: (library: LibraryId, reader: LiveReader) => void;
  /** The library's log grew. */
  readonly wake: (library: LibraryId) => void;
  /** Ends every socket, and takes no more. */
  readonly close: () => void;
}

/** A hub without sockets; from now on it pings those that come. */
export function createLiveHub(clock: Clock, limits: RelayLimits): LiveHub {
  const addressByReader = new Map<LiveReader, string>();
  const countByAddress = new Map<string, number>();
  const libraryByReader = new Map<LiveReader, LibraryId>();
  const readersByLibrary = new Map<LibraryId, Set<LiveReader>>();
  let isClosed = false;
  const keepAlive = (): (() => void) =>
    clock.after(1000 * limits.livePingSeconds, () => {
      for (const reader of [...addressByReader.keys()]) reader.checkAlive();
      stop = keepAlive();
    });
  let stop = keepAlive();
  return {
    join: (reader, address) => {
      const own = countByAddress.get(address) ?? 0;
      if (isClosed) return "the relay is closing";
      if (addressByReader.size >= limits.liveSockets) return "the relay has too many sockets";
      if (own >= limits.liveSocketsPerAddress) return "this address has too many sockets";
      addressByReader.set(reader, address);
      countByAddress.set(address, own + 1);
      return null;
    },
    leave: (reader) => {
      const address = addressByReader.get(reader);
      if (address === undefined) return;
      addressByReader.delete(reader);
      const own = (countByAddress.get(address) ?? 1) - 1;
      if (own === 0) countByAddress.delete(address);
      else countByAddress.set(address, own);
      const library = libraryByReader.get(reader);
      if (library === undefined) return;
      libraryByReader.delete(reader);
      const readers = readersByLibrary.get(library);
      if (readers?.delete(reader) === true && readers.size === 0) readersByLibrary.delete(library);
    },
    subscribe: (library, reader) => {
      if (!addressByReader.has(reader)) return;
      libraryByReader.set(reader, library);
      readersByLibrary.set(library, (readersByLibrary.get(library) ?? new Set()).add(reader));
    },
    wake: (library) => {
      for (const reader of readersByLibrary.get(library) ?? []) reader.wake();
    },
    close: () => {
      isClosed = true;
      stop();
      for (const reader of [...addressByReader.keys()]) reader.end("the relay is closing", 1001);
    },
  };
}
