import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { z } from 'zod';

/** Where sizes, columns and choices of this administrator are kept. Values are JSON text. */
export interface Preferences {
  /** Null where nothing was kept yet. Never rejects: a lost preference is not worth an error. */
  read(key: string): Promise<string | null>;
  write(key: string, value: string): void;
}

/** Keeps nothing; what is shown without a provider starts with its defaults each time. */
const nowhere: Preferences = { read: async () => null, write: () => {} };

const PreferencesContext = createContext<Preferences>(nowhere);
export const PreferencesProvider = PreferencesContext.Provider;

/**
 * A value that is remembered under a key. While it is being read, `value` is the fallback and `isLoaded` is false.
 * What was kept in a shape that the schema does not know any more counts as nothing.
 */
export function usePreference<T>(key: string, schema: z.ZodType<T>, fallback: T): { value: T; isLoaded: boolean; set(value: T): void } {
  const preferences = useContext(PreferencesContext);
  const [state, setState] = useState<{ value: T; isLoaded: boolean }>({ value: fallback, isLoaded: false });

  useEffect(() => {
    let isCurrent = true;
    async function load() {
      const kept = parseKept(await preferences.read(key), schema);
      // A value that was set meanwhile is newer than the one that was kept.
      if (isCurrent) setState((now) => (now.isLoaded ? now : { value: kept ?? now.value, isLoaded: true }));
    }
    void load();
    return () => {
      isCurrent = false;
    };
  }, [preferences, key, schema]);

  const set = useCallback(
    (value: T) => {
      setState({ value, isLoaded: true });
      preferences.write(key, JSON.stringify(value));
    },
    [preferences, key],
  );
  return { ...state, set };
}

function parseKept<T>(text: string | null, schema: z.ZodType<T>): T | undefined {
  if (text === null) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not JSON: written by something else
  }
}
