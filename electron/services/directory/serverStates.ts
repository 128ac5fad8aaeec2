import type { DirectoryServer, ServerState } from '../../../shared/contract/directory.contract.ts';
import type { DirectoryPort } from './directoryPort.ts';
import { failureText } from './testTexts.ts';

export interface ServerStates {
  /** The same directory, watched. */
  readonly directory: DirectoryPort;
  /** How these servers answered last; those that nobody asked are left out. */
  of(servers: readonly DirectoryServer[]): ServerState[];
  /** How servers answered to somebody else: an import reads in a thread of its own. */
  take(states: readonly ServerState[]): void;
}

const keyOf = ({ host, port }: Pick<DirectoryServer, 'host' | 'port'>) => `${host.toLowerCase()}:${port}`;

/**
 * Remembers which servers answer: a read goes on with the next one without a word, and an administrator should see that. What a server
 * says to an account (a wrong password, a missing entry) is an answer.
 */
export function createServerStates(directory: DirectoryPort, now: () => number): ServerStates {
  const states = new Map<string, ServerState>();
  const take = (state: ServerState) => void states.set(keyOf(state), state);
  const note = ({ host, port }: DirectoryServer, answers: boolean, text: string) => take({ host, port, answers, at: now(), text });
  return {
    directory: {
      ...directory,
      async open(target, signal, options = {}) {
        const session = await directory.open(target, signal, {
          ...options,
          observe(event) {
            const { server, state, step, error } = event;
            if (state === 'failed' && error !== undefined && step !== 'bind') note(server, false, failureText(error).text);
            else if (state === 'failed') note(server, true, '');
            options.observe?.(event);
          },
        });
        note(session.server, true, '');
        return session;
      },
    },
    take: (seen) => seen.forEach(take),
    of: (servers) => servers.flatMap((server) => states.get(keyOf(server)) ?? []),
  };
}
