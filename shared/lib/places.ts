/** At which place of `all` each id is, in the order of `ids`; null for one that is not there. */
export function placesOf(ids: readonly number[], all: ArrayLike<number>): (number | null)[] {
  const missing = new Map<number, number | null>(ids.map((id) => [id, null]));
  let left = missing.size;
  for (let place = 0; left > 0 && place < all.length; place++) {
    const id = all[place]!;
    if (missing.get(id) !== null) continue;
    missing.set(id, place);
    left--;
  }
  return ids.map((id) => missing.get(id) ?? null);
}
