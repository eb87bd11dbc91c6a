/**
 * Waiting: an event far above everything else held waits until the library has grown. The limit is 1024 + 2 × the number of
 * events in the authentic records held, the waiting ones included, so it is a function of the set that only lets more in as
 * the set grows, and nobody can outrun the others for good. A waiting event does not count and raises nobody's height.
 */

/** The greatest height that counts where `events` events are held. */
export function greatestCountedHeight(events: number): number {
  return 1024 + 2 * events;
}
