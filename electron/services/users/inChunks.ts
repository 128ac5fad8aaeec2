/** What one transaction should take: others who write wait no longer, and a cancel loses no time. */
const chunkMs = 40;
const smallest = 200;
const largest = 8_000;

export interface Chunks {
  readonly signal: AbortSignal;
  /** Users in each chunk; absent: as many as take some 40 ms, found out while it runs. */
  readonly size?: number;
  now(): number;
}

/** Gives `ids` to `work` in parts, one after the other. Between two parts it ends with the signal's reason when that aborts. */
export async function inChunks(
  ids: Uint32Array,
  { signal, size, now }: Chunks,
  work: (ids: readonly number[], done: number) => Promise<void>,
): Promise<void> {
  let next = size ?? 1_000;
  for (let at = 0; at < ids.length;) {
    signal.throwIfAborted();
    const chunk = Array.from(ids.subarray(at, at + next));
    const startedAt = now();
    at += chunk.length;
    await work(chunk, at);
    const tookMs = Math.max(1, now() - startedAt);
    if (size === undefined) next = Math.max(smallest, Math.min(largest, Math.round(next * Math.min(2, chunkMs / tookMs))));
  }
}
