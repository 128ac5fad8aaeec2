import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import {
  parseTimeServer,
  requirementKinds,
  type Requirement,
  type RequirementKind,
  type requirementsContract,
} from '../../../shared/contract/requirements.contract.ts';
import type { Call } from '../../runtime/call.ts';
import {
  failed,
  judgeClock,
  judgeDisk,
  judgeFolder,
  judgeKeychain,
  judgeMemory,
  judgeProcessor,
  judgeProgram,
  judgeStore,
  judgeSystem,
  passed,
  warned,
} from './judgeMachine.ts';
import { judgeActivation, judgeServer } from './judgeServers.ts';
import type { RequirementPorts, ServerTest } from './requirementPorts.ts';

/** A test of a server that has not ended by then is a failure in itself. */
const mostMs = 8_000;

/** Looks whether this computer, and what it depends on, is as the console needs it. */
export function createRequirementsService(ports: RequirementPorts): Implementation<typeof requirementsContract, Call> {
  async function clock(signal: AbortSignal): Promise<Requirement> {
    const chosen = ports.readSettings().timeServer;
    const server = parseTimeServer(chosen);
    if (!server) return passed('clock', 'The clock is not compared: no time server is set.');
    try {
      return judgeClock(chosen, (await ports.askTime(server, signal)).offsetMs);
    } catch (error) {
      const why = isAppError(error) ? ` ${error.message}` : '';
      return warned(
        'clock',
        `Nobody knows whether the clock of this computer is right: the time server ${chosen} cannot be asked.${why}`,
        'Mend that, or set another one, such as a domain controller (mfactl check time-server HOST).',
      );
    }
  }

  async function server(kind: 'directory' | 'relay', test: ServerTest | 'sample' | null): Promise<Requirement[]> {
    if (test === 'sample') return [warned(kind, 'The sample directory is in use.', 'Configure your own directory.')];
    if (test !== null) return judgeServer(kind, test, ports.now());
    return kind === 'directory'
      ? [warned(kind, 'No directory is configured.', 'Configure one, or add users by hand or from a file.')]
      : [warned(kind, 'No mail relay is configured, so no mail can be sent.', 'Configure one in Email, Settings.')];
  }

  return {
    async check({ runId }, call) {
      const signal = AbortSignal.any([call.signal, AbortSignal.timeout(mostMs)]);
      const folder = ports.folder();
      const machine = ports.machine();

      /** What cannot even be looked at has failed. */
      async function look(kind: RequirementKind, work: () => Requirement | Requirement[] | Promise<Requirement | Requirement[]>) {
        let found: Requirement[];
        try {
          found = [await before(signal, async () => work())].flat();
        } catch (error) {
          call.signal.throwIfAborted();
          const reason = isAppError(error)
            ? error.message
            : signal.aborted
              ? 'There was no answer in time.'
              : 'This could not be looked at.';
          found = [failed(kind, reason, 'Look at the log, and try again.')];
        }
        if (runId !== undefined) for (const requirement of found) ports.emitChecked({ runId, requirement });
        return found;
      }

      const found = await Promise.all([
        look('disk', async () => judgeDisk(await folder)),
        look('memory', () => judgeMemory(machine, ports.userCount())),
        look('processor', () => judgeProcessor(machine)),
        look('system', () => judgeSystem(machine)),
        look('program', () => judgeProgram(machine, ports.version)),
        look('data-folder', async () => judgeFolder(await folder)),
        look('store', () => judgeStore(ports.storeDamage())),
        look('keychain', async () => judgeKeychain(await ports.vaultState(), machine)),
        look('clock', () => clock(signal)),
        look('directory', async () => server('directory', await ports.testDirectory({ ...call, signal }))),
        look('relay', async () => server('relay', await ports.testRelay({ ...call, signal }))),
        look('activation-certificate', () => judgeActivation(ports.activationCertificate(), ports.now())),
      ]);
      const all = found.flat().toSorted((a, b) => requirementKinds.indexOf(a.kind) - requirementKinds.indexOf(b.kind));
      try {
        ports.history.add(
          all.map(({ kind, state, reason, fix }) => ({ id: kind, state, reason: `${reason} ${fix}`.trim(), connectMs: null })),
          ports.now(),
        );
      } catch (error) {
        ports.log(error);
      }
      return all;
    },

    history: async ({ kind, limit }) => ports.history.of(kind, limit),
    settings: async () => ports.readSettings(),

    async setSchedule({ everyHours }) {
      ports.changeSettings((before) => ({ ...before, everyHours }));
      return null;
    },

    async set(next) {
      ports.changeSettings((before) => ({ ...before, ...next }));
      ports.timeServerChanged();
      return null;
    },
  };
}

/** Rejects when the signal aborts first, whether the work heeds it or not. */
function before<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    const end = () => reject(new AppError('timeout', 'There was no answer in time.'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  return Promise.race([work(), late]);
}
