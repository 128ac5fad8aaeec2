import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { MailOutcome, MailVerdict, SendEmail } from '../../../shared/contract/sendEmail.ts';
import { decideMail, type MailQuestion } from '../../../shared/email/decideMail.ts';
import { actionOf, type MailCampaign, type MailRules } from '../../../shared/email/mailPlan.ts';
import { parseMailbox } from '../../../shared/email/mailbox.ts';
import type { FailedItem } from '../../runtime/call.ts';
import type { MailIntentStore } from './mailIntents.ts';
import type { MailMaker } from './mailMaker.ts';
import type { MailReader, OutboxStore } from './outboxPorts.ts';
import { writeBehind } from './writeBehind.ts';

export interface UserMailsPorts {
  readonly intents: MailIntentStore;
  readonly add: OutboxStore['add'];
  readonly maker: Pick<MailMaker, 'makeFor' | 'requireReady'>;
  settings(): EmailSettings;
  /** Whether the mails of a campaign wait for an administrator's word: it came with a backup, so they may have gone already. */
  isHeld(campaign: string): boolean;
  /** Some users; those who are no more are left out. */
  readUsers(ids: readonly number[]): MailReader[];
  /** Whether somebody still works on what has this id. */
  isRunning(campaign: string): boolean;
  /**
   * Gives those who came with a campaign the initial PINs that they still lack. Rejects with the signal's reason when it aborts, and with what
   * vault or store throw.
   */
  givePins(campaign: string, signal: AbortSignal): Promise<void>;
  /** Lets everything else have its turn. */
  pause(): Promise<void>;
  now(): number;
  /** Mails were added: whoever sends should look. */
  changed(): void;
  log(error: unknown): void;
}

/** Who watches the mails of a campaign being made. */
export interface MailWatcher {
  progress(done: number, total: number): void;
  /** Users who get none, and why. */
  none(items: readonly FailedItem[]): void;
}

/** What a change of one user is to the rules. */
export type MailChange = Pick<MailQuestion, 'before' | 'mailedChange'>;

/** Mails of what is done to users: decided by the rules of reference §3.4. */
export interface UserMails {
  rules(): MailRules;
  /**
   * Whether an action is to note its users; null where nobody is mailed, because it was not asked for or mails to users are off. Throws
   * `mail-not-ready` before anything is changed where a mail could not be made.
   */
  begin(choice: SendEmail): Pick<MailCampaign, 'mailsUpdates'> | null;
  /** Which mail somebody would get. */
  verdict(user: MailQuestion['after'], change: MailChange, choice: SendEmail): MailVerdict;
  /** Makes the mail of one user who was written and noted, and tells what became of it. Never rejects: the user is written. */
  queueOne(campaign: string, userId: number, change: MailChange): Promise<MailOutcome>;
  /**
   * Makes the mails of a campaign, whose users were written and noted. It goes on to the end once it has begun: what was done to users is
   * mailed, and mails can be dropped in the outbox. Answers how many mails there are. What store or vault refuse is told to the watcher, since
   * the users are written, and is made later by the process that does the background work. Rejects with `cancelled` when the host ends.
   */
  queue(campaign: string, watcher: MailWatcher): Promise<number>;
  /** Makes mails of campaigns that nobody works on any more, and before that what they tell: whoever worked on them may have ended at either. */
  queueLeftOver(): Promise<void>;
  /** Lets nothing begin any more. */
  stop(): void;
}

const atOnce = 250;
/** Forgetting what is done costs a commit, and waiting for whoever else writes users. */
const forgottenATime = 5_000;
/** A process that still works on its campaign has done the next step by then. */
const leftAfterMs = 30_000;

export function createUserMails(ports: UserMailsPorts): UserMails {
  const { intents, settings, now } = ports;
  const stopping = new AbortController();

  const rules = (): MailRules => ({ sendEmails: settings().sendEmails, canEnroll: settings().portalUrl !== '' });

  function verdict(after: MailQuestion['after'], change: MailChange, choice: SendEmail): MailVerdict {
    const decision = decideMail({ ...rules(), action: actionOf(choice), ...change, after });
    return { to: '', ...decision };
  }

  /** Mails of a campaign that are made and not written yet, with how many users they are for and the last of these. */
  async function* partsOf(campaign: string) {
    for (let after = 0; ;) {
      stopping.signal.throwIfAborted();
      const some = await intents.mailIntents(campaign, after, atOnce);
      const last = some.at(-1);
      if (!last) return;
      const noted = new Map(some.map((intent) => [intent.userId, intent]));
      const made = await ports.maker.makeFor(ports.readUsers([...noted.keys()]), campaign, (user) => {
        const { mailsUpdates, before, mailedChange } = noted.get(user.id)!;
        const action = actionOf(mailsUpdates ? 'new-and-updated' : 'new');
        return decideMail({ ...rules(), action, before, mailedChange, after: user });
      });
      yield { ...made, users: some.length, through: last.userId };
      after = last.userId;
      await ports.pause();
    }
  }

  async function make(campaign: string, watcher?: MailWatcher): Promise<number> {
    const total = watcher ? await intents.countIntents(campaign) : 0;
    const isHeld = ports.isHeld(campaign);
    const reached = { done: 0, mails: 0, through: 0 };
    let forgotten = 0;
    let forgetting: Promise<void> | undefined;
    /** Beside the work: the users' file may be busy, and who is forgotten late is not mailed twice. */
    function forget(): void {
      const { done, through } = reached;
      forgetting = intents.forgetIntents(campaign, through).then(() => {
        forgotten = done;
        forgetting = undefined;
      });
      // It is thrown where it is waited for.
      forgetting.catch(() => undefined);
    }
    await writeBehind(partsOf(campaign), async ({ mails, none, users, through }) => {
      // Held from the first moment on where mails are held: nothing is between.
      await ports.add(mails, settings().mode === 'hold' || isHeld ? 'held' : 'queued', now());
      if (mails.length > 0) ports.changed();
      watcher?.none(none);
      reached.done += users;
      reached.mails += mails.length;
      reached.through = through;
      watcher?.progress(reached.done, total);
      if (forgetting === undefined && reached.done - forgotten >= forgottenATime) forget();
    });
    await forgetting;
    if (reached.done > forgotten) await intents.forgetIntents(campaign, reached.through);
    return reached.mails;
  }

  return {
    rules,
    verdict,

    async queue(campaign, watcher) {
      try {
        return await make(campaign, watcher);
      } catch (error) {
        if (isAppError(error, 'cancelled')) throw error;
        ports.log(error);
        const why = isAppError(error) ? ` ${error.message}` : '';
        watcher.none([{ item: '', code: 'mails-wait', text: `Mails could not be made yet.${why} They are made in the background.` }]);
        return 0;
      }
    },

    begin(choice) {
      if (choice === 'none' || !settings().sendEmails) return null;
      ports.maker.requireReady(settings(), undefined);
      return { mailsUpdates: choice === 'new-and-updated' };
    },

    async queueOne(campaign, userId, change) {
      const [user] = ports.readUsers([userId]);
      if (!user) return { template: null, to: '', reason: 'disabled', state: null };
      const decided = verdict(user, change, 'new-and-updated');
      try {
        await make(campaign);
        return { ...decided, state: decided.template === null ? null : settings().mode === 'hold' ? 'held' : 'queued' };
      } catch (error) {
        ports.log(error);
        return { ...decided, state: decided.template === null ? null : 'waiting' };
      }
    },

    async queueLeftOver() {
      const waiting = await intents.mailCampaigns(now() - leftAfterMs, now() + leftAfterMs);
      const left = waiting.filter((campaign) => !ports.isRunning(campaign));
      if (left.length === 0) return;
      // They wait until there is a From again.
      if (parseMailbox(settings().from) === null) return;
      for (const campaign of left) {
        await ports.givePins(campaign, stopping.signal);
        await make(campaign);
      }
    },

    stop: () => stopping.abort(new AppError('cancelled', 'The console ends. What is left is mailed when it runs again.')),
  };
}
