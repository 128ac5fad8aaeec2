import type { ConsoleClient } from '../../app/client.tsx';
import type { KnownUser } from '../../app/dialogs.store.ts';

export interface UserAhead {
  /** Reads this user, and what the company says, in the background. The newest wish counts; one is read at a time. */
  look(id: number): void;
  /** What was read of this user, as long as nobody is known to have changed anything since. */
  known(id: number): KnownUser | undefined;
  /** Forgets what changes elsewhere until the returned function is called. */
  follow(): () => void;
}

type AheadClient = {
  readonly users: Pick<ConsoleClient['users'], 'get' | 'onChanged'>;
  readonly company: Pick<ConsoleClient['company'], 'get' | 'onChanged'>;
};

/** Reads whom Edit User may be opened on next, so that it opens with everything in it. */
export function createUserAhead({ users, company }: AheadClient): UserAhead {
  let user: KnownUser['user'] | undefined;
  let settings: KnownUser['company'] | undefined;
  /** Goes up with each change: what was read before it is not kept. */
  let changes = 0;
  let wanted: number | null = null;
  let isReading = false;

  const next = () => (wanted === user?.id ? null : wanted);

  async function read(): Promise<void> {
    isReading = true;
    try {
      for (let id = next(); id !== null; id = next()) {
        const at = changes;
        const [one, saved] = await Promise.all([users.get({ id }), settings ?? company.get(null).then((all) => all.settings)]);
        if (at !== changes) break;
        [user, settings] = [one, saved];
      }
    } catch {
      // The dialog reads for itself then, and says what is wrong.
    } finally {
      isReading = false;
    }
  }

  function forget(): void {
    changes += 1;
    user = undefined;
  }

  return {
    look(id) {
      wanted = id;
      if (!isReading && user?.id !== id) void read();
    },
    known: (id) => (user?.id === id && settings ? { user, company: settings } : undefined),
    follow() {
      const stopUsers = users.onChanged(forget);
      const stopCompany = company.onChanged(() => {
        forget();
        settings = undefined;
      });
      return () => {
        stopUsers();
        stopCompany();
        forget();
        settings = undefined;
      };
    },
  };
}
