import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import { parseMailbox, parseMailboxes, type Mailbox } from '../../../shared/email/mailbox.ts';
import { renderMail } from '../../../shared/email/renderMail.ts';
import { attached } from './attached.ts';
import { givesUpAfterMs, mailDelayMs } from './backoff.ts';
import type { ComposeMail, Handover, RelaySession } from './mailPorts.ts';
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

  async function drop(): Promise<void> {
    const closing = session;
    session = undefined;
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
      // Who takes mails out of a folder knows of no envelope: he reads the header, and takes it away.
      bcc: toFolder(settings) ? parseMailboxes(mail.source.bcc) : [],
      attachments: await attached(ports.files, mail.source.attachments),
      language: mail.language,
      messageId: mail.messageId,
      date: mail.createdAt,
    });
  }

  /** Recorded whatever it takes: as long as it is not, nobody can know that the mail has gone. */
  async function record(mail: StoredMail, outcome: Outcome, isStopped: () => boolean): Promise<void> {
    for (;;) {
      try {
        return await commits.finish(mail.id, outcome);
      } catch (error) {
        ports.trouble(error);
        if (isStopped()) return;
        await ports.wait(1_000);
      }
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
        return { state: 'deferred', dueAt: at + mailDelayMs(attempts, ports.random()), reply: handover.error.message };
      case 'refused': {
        const { reply } = handover;
        if (handover.about === 'relay') return { state: 'deferred', dueAt: at, reply };
        if (handover.permanent || at - mail.createdAt > givesUpAfterMs) return { state: 'failed', dueAt: at, reply };
        return { state: 'deferred', dueAt: at + mailDelayMs(attempts, ports.random()), reply };
      }
    }
  }

  /** Once it is committed that the mail is being handed over, it is handed over at most once. */
  async function handOver(mail: StoredMail, settings: EmailSettings, from: Mailbox, message: Uint8Array): Promise<Handover> {
    if (toFolder(settings)) return ports.drop(settings.pickupFolder, mail.messageId.slice(1, -1), message);
    const copies = [mail.source.cc, mail.source.bcc].flatMap(parseMailboxes).map(({ address }) => address);
    return session!.send({ from: from.address, to: mail.toAddress, copies }, message);
  }

  return {
    /** Never rejects because of the mail itself. `isStopped`: nothing new must begin. */
    async deliver(mail: StoredMail, settings: EmailSettings, isStopped: () => boolean): Promise<void> {
      const from = parseMailbox(mail.source.from || settings.from);
      if (from === null) throw new AppError('mail-not-ready', 'From is not set.');
      let message: Uint8Array;
      try {
        message = await build(mail, from, settings);
      } catch (error) {
        // The keychain may answer later; anything else is wrong with this mail.
        if (!isAppError(error) || error.code.startsWith('keychain')) throw error;
        if (await commits.begin(mail.id)) await record(mail, { state: 'failed', dueAt: now(), reply: error.message }, isStopped);
        return;
      }
      if (!toFolder(settings)) session ??= await ports.openRelay(settings);
      const waitMs = ports.pace.book(settings.ratePerSecond);
      if (waitMs > 0) await ports.wait(waitMs);
      if (isStopped() || !(await commits.begin(mail.id))) return;

      const handover = await handOver(mail, settings, from, message);
      await record(mail, outcomeOf(mail, handover), isStopped);
      if (handover.kind === 'accepted') {
        ports.recovered();
        if (mail.pin) await ports.pinMailed(mail.userId, mail.pin.record);
      } else if (handover.kind !== 'refused' || handover.about === 'relay') {
        await drop();
        ports.trouble(handover.kind === 'refused' ? new AppError('relay-refused', `The relay refuses: ${handover.reply}`) : handover.error);
      }
    },
    /** Nothing to do: an idle connection would be closed by the relay at a bad moment. */
    rest: drop,
    close: drop,
    /** Breaks off what goes on. */
    abandon: () => session?.destroy(),
  };
}

/** In `hold`, what is released goes to the relay if there is one. */
function toFolder({ mode, relay, pickupFolder }: EmailSettings): boolean {
  return mode === 'pickup' || (mode === 'hold' && relay.host === '' && pickupFolder !== '');
}
