export interface VersionedCache<T> {
  get(key: string, version: number): T | undefined;
  set(key: string, version: number, value: T): void;
}

/** Keeps the values used last, of one version only: a newer version empties it, an older one is not kept. */
export function createVersionedCache<T>(most: number): VersionedCache<T> {
  const values = new Map<string, T>();
  let held = 0;

  return {
    get(key, version) {
      if (version !== held) return undefined;
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },

    set(key, version, value) {
      if (version < held) return;
      if (version > held) values.clear();
      held = version;
      values.delete(key);
      values.set(key, value);
      for (const oldest of values.keys()) {
        if (values.size <= most) break;
        values.delete(oldest);
      }
    },
  };
}
