/**
 * Weights from the app's own origin, kept in the browser's cache so that recognition starts without a network. The cache is
 * trusted no more than the network: `loadPack` checks size and SHA-256 of whatever comes from here, and `forgetWeights` throws
 * away what did not pass.
 */

const cacheName = "albumen-models-1";

/** The bytes of the weights file `name`; null where the origin offers none. */
export async function readWeights(name: string): Promise<Uint8Array | null> {
  const address = `/models/${name}`;
  const cache = await caches.open(cacheName).catch(() => null);
  const kept = await cache?.match(address);
  if (kept !== undefined) return bytesOf(kept);
  const response = await fetch(address).catch(() => null);
  if (response?.ok !== true) return null;
  await cache?.put(address, response.clone()).catch(() => undefined);
  return bytesOf(response);
}

/** Forgets all kept weights, so that the next start asks the origin again. */
export async function forgetWeights(): Promise<void> {
  await caches.delete(cacheName).catch(() => false);
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}
