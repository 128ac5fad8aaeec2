import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { MailProblem } from '../../../shared/contract/mailProblem.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';

export interface CheckEmailsStore {
  /** Errors first. They stay on screen while they are looked for again; null before the first answer. */
  readonly problems: readonly MailProblem[] | null;
  readonly isChecking: boolean;
  readonly error: AppError | null;
  check(): Promise<void>;
  /** Checks, and checks again whenever a mail is changed, until the returned function is called. */
  follow(): () => void;
}

/** What is wrong with the settings of mails and with all their texts. */
export function createCheckEmailsStore(client: {
  readonly email: Pick<ConsoleClient['email'], 'lint'>;
  readonly mailTemplates: Pick<ConsoleClient['mailTemplates'], 'onChanged'>;
}): StoreApi<CheckEmailsStore> {
  return createStore<CheckEmailsStore>()((set, get) => {
    /** The answer to an earlier question is not shown. */
    let turn = 0;
    return {
      problems: null,
      isChecking: false,
      error: null,

      async check() {
        const own = ++turn;
        set({ isChecking: true });
        try {
          const { problems } = await client.email.lint(null);
          if (own === turn) set({ problems: problems.toSorted(errorsFirst), isChecking: false, error: null });
        } catch (error) {
          if (own === turn) set({ isChecking: false, error: asAppError(error) });
        }
      },

      follow() {
        void get().check();
        const stop = client.mailTemplates.onChanged(() => void get().check());
        return () => {
          turn += 1;
          stop();
        };
      },
    };
  });
}

/** Keeps the order of the tree within each kind. */
function errorsFirst(one: MailProblem, other: MailProblem): number {
  return Number(other.severity === 'error') - Number(one.severity === 'error');
}
