import type { Preferences } from '../ui/preferences.tsx';
import type { ConsoleClient } from './client.tsx';

/** A column that is dragged writes many times a second; the server is told at once, and then when it has come to rest. */
const restMs = 400;

/** Preferences kept by the server for this administrator. A failure to read or keep one is not worth an error. */
export function createClientPreferences(client: Pick<ConsoleClient, 'app'>): Preferences {
  const known = new Map<string, string | null>();
  const sent = new Map<string, string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function keep(key: string) {
    clearTimeout(timers.get(key));
    timers.delete(key);
    const value = known.get(key)!;
    if (sent.get(key) === value) return;
    sent.set(key, value);
    void client.app.setPreference({ key, value }).catch(() => {});
  }
  // Who closes the window in the middle finds the last change the next time.
  addEventListener('pagehide', () => [...timers.keys()].forEach(keep));

  return {
    async read(key) {
      if (known.has(key)) return known.get(key)!;
      const { value } = await client.app.preference({ key }).catch(() => ({ value: null }));
      if (!known.has(key)) known.set(key, value);
      return known.get(key)!;
    },
    write(key, value) {
      known.set(key, value);
      if (!timers.has(key)) keep(key);
      clearTimeout(timers.get(key));
      timers.set(
        key,
        setTimeout(() => keep(key), restMs),
      );
    },
  };
}
