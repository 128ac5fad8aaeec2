import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import { parseMailbox, parseMailboxes, type Mailbox } from '../../../shared/email/mailbox.ts';
import { renderMail } from '../../../shared/email/renderMail.ts';
import { attached } from './attached.ts';
import { givesUp, mailDelayMs } from './backoff.ts';
import { bccInHeader, goesToFolder } from './folderDelivery.ts';
import type { ComposeMail, Handover, OfferedMail, RelaySession } from './mailPorts.ts';
import type { GroupCommit } from './groupCommit.ts';
import type { Outcome, StoredMail } from './outboxPorts.ts';
import type { Pace } from './pace.ts';
import type { AttachmentFiles } from './templates/templatePorts.ts';

export interface LanePorts {
  readonly commits: GroupCommit;
  readonly compose: ComposeMail;
  readonly files: Pick<AttachmentFiles, 'read'>;
  readonly pace: Pace;
  /** Connects and signs in to the configured relay. Rejects with an AppError. */
  openRelay(settings: EmailSettings): Promise<RelaySession>;
  /** Writes a mail into the pickup folder. */
  drop(folder: string, name: string, message: Uint8Array): Promise<Handover>;
  /** The PIN of a mail. Rejects with what the vault says. */
  openPin(mail: StoredMail): Promise<string>;
  /** The PIN of this record has been told to its user. */
  pinMailed(userId: number, record: string): Promise<void>;
  now(): number;
  /** 0 to 1. */
  random(): number;
  wait(ms: number): Promise<void>;
  /** It is not this mail: nothing can go out at the moment. */
  trouble(error: unknown): void;
  recovered(): void;
}

/** One connection, and one mail after the other over it. */
export function createLane(ports: LanePorts) {
  const { commits, now } = ports;
  let session: RelaySession | undefined;
  /** Mails that this session has handed over. */
  let taken = 0;
  const telling = new Set<Promise<void>>();

  async function drop(): Promise<void> {
    const closing = session;
    session = undefined;
    taken = 0;
    await closing?.close();
  }

  /** The bytes of a mail, the same at each attempt. */
  async function build(mail: StoredMail, from: Mailbox, settings: EmailSettings): Promise<Uint8Array> {
    const values = mail.pin ? { ...mail.values, pin: await ports.openPin(mail) } : mail.values;
    return ports.compose({
      ...renderMail(mail.source, values, mail.language),
      from,
      replyTo: parseMailbox(settings.replyTo),
      to: { name: mail.toName, address: mail.toAddress },
      cc: parseMailboxes(mail.source.cc),
      bcc: bccInHeader(settings, mail.source.bcc),
      attachments: await attached(ports.files, mail.source.attachments),
      language: mail.language,
      messageId: mail.messageId,
      date: mail.createdAt,
    });
  }

  /** Whatever it takes. */
  async function persist(commit: () => Promise<void>, isStopped: () => boolean): Promise<void> {
    for (;;) {
      try {
        return await commit();
      } catch (error) {
        ports.trouble(error);
        if (isStopped()) return;
        await ports.wait(1_000);
      }
    }
  }

  /** As long as it is not recorded, nobody can know that the mail has gone. */
  function record(mail: StoredMail, outcome: Outcome, isStopped: () => boolean): Promise<void> {
    return persist(() => commits.finish(mail.id, outcome), isStopped);
  }

  /** Rejects with what the store throws, and then the mail waits as before: what was committed without an answer is taken back. */
  async function begin({ id }: StoredMail, isStopped: () => boolean): Promise<boolean> {
    try {
      return await commits.begin(id);
    } catch (error) {
      ports.trouble(error);
      await persist(() => commits.giveBack(id), isStopped);
      throw error;
    }
  }

  function outcomeOf(mail: StoredMail, handover: Handover): Outcome {
    const attempts = mail.attempts + 1;
    const at = now();
    switch (handover.kind) {
      case 'accepted':
        return { state: 'sent', dueAt: at, reply: handover.reply };
      case 'unknown':
        return { state: 'unknown', dueAt: at, reply: handover.error.message };
      case 'interrupted':
        if (givesUp(attempts, at - mail.createdAt)) return { state: 'failed', dueAt: at, reply: handover.error.message };
        return { state: 'deferred', dueAt: at + mailDelayMs(attempts, ports.random()), reply: handover.error.message };
      case 'refused': {
        const { reply } = handover;
        if (handover.about === 'relay') return { state: 'deferred', dueAt: at, reply };
        if (handover.permanent || givesUp(attempts, at - mail.createdAt)) return { state: 'failed', dueAt: at, reply };
        return { state: 'deferred', dueAt: at + mailDelayMs(attempts, ports.random()), reply };
      }
    }
  }

  function offer({ mail, from, message }: ReadyMail, over: RelaySession): OfferedMail {
    const copies = [mail.source.cc, mail.source.bcc].flatMap(parseMailboxes).map(({ address }) => address);
    return over.offer({ from: from.address, to: mail.toAddress, copies }, message);
  }

  /** What was offered never ends, and so the relay does not take it. */
  function withdraw(): void {
    session?.destroy();
    session = undefined;
    taken = 0;
  }

  /** Once it is committed that the mail is being handed over, it is handed over at most once. */
  async function handOver(ready: ReadyMail, offered: OfferedMail | undefined, settings: EmailSettings): Promise<Handover> {
    if (goesToFolder(settings)) return ports.drop(settings.pickupFolder, ready.mail.messageId.slice(1, -1), ready.message);
    const send = async (sent: OfferedMail): Promise<Handover> => {
      const handover = await sent.handOver();
      if (handover.kind === 'accepted') taken += 1;
      return handover;
    };
    const handover = await send(offered ?? offer(ready, session!));
    // Many relays end a connection after so many mails or so long. That is no trouble unless a new one fares no better.
    if (taken === 0 || !isAboutRelay(handover) || handover.kind === 'unknown') return handover;
    await drop();
    try {
      session = await ports.openRelay(settings);
    } catch (error) {
      return isAppError(error) ? { kind: 'interrupted', error } : handover;
    }
    return send(offer(ready, session));
  }

  /** Null for a mail that cannot be written: that is recorded already. */
  async function prepare(mail: StoredMail, settings: EmailSettings, isStopped: () => boolean): Promise<ReadyMail | null> {
    const from = parseMailbox(mail.source.from || settings.from);
    if (from === null) throw new AppError('mail-not-ready', 'From is not set.');
    try {
      return { mail, from, message: await build(mail, from, settings) };
    } catch (error) {
      // The keychain may answer later; anything else is wrong with this mail.
      if (!isAppError(error) || error.code.startsWith('keychain')) throw error;
      if (await begin(mail, isStopped)) await record(mail, { state: 'failed', dueAt: now(), reply: error.message }, isStopped);
      return null;
    }
  }

  /** Never rejects: null where there is none, or none that can be written. */
  async function prepareNext(queue: MailQueue, settings: EmailSettings): Promise<ReadyMail | null | Error> {
    const mail = queue.mayBegin() ? queue.next() : undefined;
    return mail === undefined ? null : prepare(mail, settings, queue.isStopped).catch((error: unknown) => error as Error);
  }

  function tellPin({ userId, pin }: StoredMail): void {
    if (pin === null) return;
    const told = ports
      .pinMailed(userId, pin.record)
      .catch(ports.trouble)
      .finally(() => telling.delete(told));
    telling.add(told);
  }

  /** Records how it went and, where there is another mail that may go at once, begins that in the same commit. Answers whether it did. */
  async function conclude(mail: StoredMail, handover: Handover, next: StoredMail | undefined, isStopped: () => boolean): Promise<boolean> {
    const outcome = outcomeOf(mail, handover);
    let hasBegun = false;
    try {
      if (next) hasBegun = await commits.turn({ id: mail.id, outcome }, next.id);
      else await record(mail, outcome, isStopped);
    } catch (error) {
      ports.trouble(error);
      await record(mail, outcome, isStopped);
      if (next) await persist(() => commits.giveBack(next.id), isStopped);
      return false;
    }
    if (handover.kind === 'accepted') {
      ports.recovered();
      tellPin(mail);
    } else if (isAboutRelay(handover)) {
      await drop();
      ports.trouble(handover.kind === 'refused' ? new AppError('relay-refused', `The relay refuses: ${handover.reply}`) : handover.error);
    }
    return hasBegun;
  }

  return {
    /**
     * Hands over this mail, and then those that `next` names, each written while the one before is on its way, and sent all but its end while
     * that one's outcome is committed. Never rejects because of a mail itself.
     */
    async deliver(first: StoredMail, settings: EmailSettings, queue: MailQueue): Promise<void> {
      const { isStopped, mayBegin } = queue;
      let ready = await prepare(first, settings, isStopped);
      if (ready === null) return;
      if (!goesToFolder(settings)) session ??= await ports.openRelay(settings);
      let waitMs = ports.pace.book(settings.ratePerSecond);
      let preparing: Promise<ReadyMail | null | Error> | undefined;
      let offered: OfferedMail | undefined;
      try {
        for (let hasBegun = false; ready !== null;) {
          if (waitMs > 0) await ports.wait(waitMs);
          if (!hasBegun && (!mayBegin() || !(await begin(ready.mail, isStopped)))) return;

          const going: Promise<Handover> = handOver(ready, offered, settings);
          offered = undefined;
          preparing ??= prepareNext(queue, settings);
          const handover = await going;
          // Should it fail, then after this mail is recorded.
          const prepared: ReadyMail | null | Error = (await preparing) ?? (await prepareNext(queue, settings));
          preparing = undefined;
          const after = prepared instanceof Error ? null : prepared;
          const mayGoOn = after !== null && mayBegin() && !isAboutRelay(handover);
          waitMs = mayGoOn ? ports.pace.book(settings.ratePerSecond) : 0;
          const concluding = conclude(ready.mail, handover, mayGoOn && waitMs === 0 ? after.mail : undefined, isStopped);
          if (mayGoOn && waitMs === 0) {
            // While the commit waits for the disk the relay can hear the next mail, and there is time to write the one after it.
            if (session) offered = offer(after, session);
            preparing = new Promise(setImmediate).then(() => prepareNext(queue, settings));
          }
          hasBegun = await concluding;
          queue.done(ready.mail);
          if (prepared instanceof Error) throw prepared;
          if (!mayGoOn || (waitMs === 0 && !hasBegun)) return;
          ready = after;
        }
      } finally {
        if (offered) withdraw();
        await preparing;
      }
    },
    /** Nothing to do: an idle connection would be closed by the relay at a bad moment. */
    rest: drop,
    async close() {
      await drop();
      await Promise.all(telling);
    },
    isOpen: () => session !== undefined,
    /** Breaks off what goes on. */
    abandon: () => session?.destroy(),
  };
}

/** Where a lane gets its mails from. */
interface MailQueue {
  /** The next one that may go; undefined where there is none, or where the lane should look around first. */
  next(): StoredMail | undefined;
  /** What became of it is recorded. */
  done(mail: StoredMail): void;
  /** This process ends: what cannot be done is left. */
  isStopped(): boolean;
  /** Whether another mail may begin. */
  mayBegin(): boolean;
}

/** A mail that needs nothing more but to go. */
interface ReadyMail {
  readonly mail: StoredMail;
  readonly from: Mailbox;
  readonly message: Uint8Array;
}

/** Nothing more can go over this connection. */
function isAboutRelay(handover: Handover): boolean {
  return handover.kind === 'refused' ? handover.about === 'relay' : handover.kind !== 'accepted';
}
