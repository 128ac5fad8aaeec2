import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { manyUserCommands, UserTarget } from '../../../shared/contract/userCommands.ts';
import type { MailCounts } from '../../../shared/contract/sendEmail.ts';
import { addCounts, countMails, type MailCampaign } from '../../../shared/email/mailPlan.ts';
import type { OwnPinRules } from '../../../shared/pins/pinRules.ts';
import { resolveSelection, type FilterPorts } from '../../../shared/users/resolveFilter.ts';
import type { Call, FailedItem, JobContext, JobStarter } from '../../runtime/call.ts';
import { settleBulkChange } from './bulkChange.ts';
import { inChunks } from './inChunks.ts';
import type { UserMailing } from './mailingPort.ts';
import type { UserReader } from './userReader.ts';
import type { InitialPin, SomeWritten, UserWriter } from './userWriter.ts';

export interface ManyUsersPorts extends FilterPorts {
  readonly jobs: JobStarter;
  readonly reader: Pick<UserReader, 'ids'>;
  readonly writer: UserWriter;
  companySettings(): CompanySettings;
  /** A random PIN for each of these users who exists, hashed and sealed; some 30 a second and core. `rules` are those they are going to have. */
  initialPins(ids: readonly number[], rules: Partial<OwnPinRules>, signal: AbortSignal): Promise<InitialPin[]>;
  readonly mails: UserMailing;
  usersChanged(): void;
}

/** How long removed users can be restored. */
const keptDays = 30;
const keptMs = keptDays * 24 * 60 * 60 * 1000;

/** Hashing PINs for so many takes about a second, which is what a cancel waits for. */
const pinsATime = 32;
/** Counting writes nothing, so nobody waits for it. */
const countedATime = 20_000;
/** Forgetting and cleaning up in the background. */
const forgottenATime = 1_000;

type ManyUsers = Implementation<typeof manyUserCommands, Call> & {
  /** Forgets for good who was removed more than 30 days ago. For the process that does the background work. */
  forgetOld(signal: AbortSignal): Promise<void>;
};

/** Changes, removes and restores many users at once, as jobs. */
export function createManyUsers(ports: ManyUsersPorts): ManyUsers {
  const { jobs, reader, writer, now } = ports;

  /** Whom a command is about, each once. */
  async function idsOf(target: UserTarget, signal: AbortSignal): Promise<Uint32Array> {
    if ('where' in target) return reader.ids(resolveSelection(target.where, ports), signal);
    const known = target.ids.filter((id) => id > 0 && id <= 0xffff_ffff);
    return Uint32Array.from(new Set(known)).sort();
  }

  interface Work {
    readonly kind: string;
    readonly phase: string;
    readonly target: UserTarget;
    readonly size?: number;
    /** Who was written is mailed. */
    readonly mail?: Pick<MailCampaign, 'mailsUpdates'> | null;
    some(ids: readonly number[], context: JobContext): Promise<SomeWritten>;
  }

  /** A job that goes through its users in parts; each part is committed as a whole. */
  async function start(call: Call, { kind, phase, target, size, mail, some }: Work): Promise<{ jobId: string }> {
    const jobId = await jobs.start(call, {
      kind,
      subject: subjectOf(target),
      async run(context) {
        let reached = { done: 0, total: 0 };
        try {
          const ids = await idsOf(target, context.signal);
          context.progress({ phase, done: 0, total: ids.length });
          await inChunks(ids, { signal: context.signal, size, now }, async (chunk, done) => {
            const { refused } = await some(chunk, context);
            // Somebody whom a filter found and who was removed meanwhile is no failure.
            context.itemsFailed(refused.filter(({ reason }) => 'ids' in target || reason !== 'gone').map(itemOf));
            reached = { done, total: ids.length };
            context.progress({ done });
          });
        } finally {
          ports.usersChanged();
          // Also after a cancel: what was done to users is mailed.
          if (mail) await queueMails(context);
          context.progress({ phase, ...reached });
        }
      },
    });
    return { jobId };
  }

  async function queueMails(context: JobContext): Promise<void> {
    await ports.mails.queue(context.jobId, {
      progress: (done, total) => context.progress({ phase: 'mails-queue', done, total }),
      none: context.itemsNoted,
    });
  }

  return {
    async previewMany({ target, changes, sendEmail = 'none' }, { signal }) {
      const change = settleBulkChange(changes, ports.companySettings());
      const sum = { matched: 0, changing: 0 };
      const mails: MailCounts[] = [];
      await inChunks(await idsOf(target, signal), { signal, size: countedATime, now }, async (ids) => {
        const { matched, changing, mailed } = await writer.previewSome(ids, change);
        mails.push(countMails(mailed, sendEmail, ports.mails.rules()));
        sum.matched += matched;
        sum.changing += changing;
      });
      return sendEmail === 'none' ? sum : { ...sum, mails: addCounts(mails) };
    },

    async editMany({ target, changes, sendEmail = 'none' }, call) {
      const mail = ports.mails.begin(sendEmail);
      const change = settleBulkChange(changes, ports.companySettings());
      const needsPins = change.pin === 'initial';
      return start(call, {
        kind: 'users-edit',
        phase: needsPins ? 'users-pins' : 'users-edit',
        target,
        mail,
        ...(needsPins && { size: pinsATime }),
        async some(ids, { signal, jobId }) {
          const pins = needsPins ? await ports.initialPins(ids, changes.pinRules ?? {}, signal) : [];
          signal.throwIfAborted();
          return writer.editSome(ids, change, pins, { account: call.caller.account, jobId }, mail && { ...mail, campaign: jobId });
        },
      });
    },

    remove: ({ target }, call) =>
      start(call, { kind: 'users-remove', phase: 'users-remove', target, some: (ids) => writer.removeSome(ids, call.caller.account) }),

    restore: (target, call) =>
      start(call, { kind: 'users-restore', phase: 'users-restore', target, some: (ids) => writer.restoreSome(ids) }),

    forget: (target, call) => start(call, { kind: 'users-forget', phase: 'users-forget', target, some: (ids) => writer.forgetSome(ids) }),

    async removed(options) {
      const { users, total } = await writer.removed(options);
      return { users: users.map((user) => ({ ...user, forgottenAt: user.removedAt + keptMs })), total };
    },

    async removeDevice({ id, deviceId }, call) {
      if (!(await writer.removeDevice(id, deviceId)))
        throw new AppError('not-found', 'This device no longer exists.', { details: { user: String(id), device: deviceId } });
      call.note({ user: id, device: deviceId });
      ports.usersChanged();
      return null;
    },

    async forgetOld(signal) {
      for (;;) {
        if (signal.aborted) return;
        const ids = await writer.removedBefore(now() - keptMs, forgottenATime);
        if (ids.length === 0) return;
        await writer.forgetSome(ids);
      }
    },
  };
}

function subjectOf(target: UserTarget): string {
  if ('ids' in target) return target.ids.length === 1 ? '1 user' : `${target.ids.length.toLocaleString('en-US')} users`;
  const { search, importJobId, filter } = target.where;
  const isEverybody = search.trim() === '' && importJobId === undefined && (filter?.conditions.length ?? 0) === 0;
  return isEverybody ? 'all users' : 'users of a list';
}

function itemOf({ name, reason, holder }: SomeWritten['refused'][number]): FailedItem {
  switch (reason) {
    case 'gone':
      return { item: name, code: 'not-found', text: `There is no user with the id ${name} any more.` };
    case 'pin-changed':
      return { item: name, code: 'changed-meanwhile', text: 'Somebody else set a PIN at the same time. This user was not changed.' };
    case 'username-taken':
      return { item: name, code: 'username-taken', text: `The username belongs to ${holder} now. The user stays in the recycle bin.` };
    case 'directory-id-taken':
      return {
        item: name,
        code: 'conflict',
        text: `${holder} has the same identifier in the directory. The user stays in the recycle bin.`,
      };
  }
}
