import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { CompanySettings } from '../../shared/contract/companySettings.ts';
import type { emailContract, RelayTestStep } from '../../shared/contract/email.contract.ts';
import type { mailTemplatesContract } from '../../shared/contract/mailTemplates.contract.ts';
import type { outboxContract } from '../../shared/contract/outbox.contract.ts';
import type { TemplateLibrary } from '../../shared/email/templateLibrary.ts';
import { resolveSelection, type FilterPorts } from '../../shared/users/resolveFilter.ts';
import { startDispatcher, type Dispatcher, type DispatcherPorts } from '../services/email/dispatcher.ts';
import { createAccessTokens } from '../services/email/accessTokens.ts';
import { createEmailService, type EmailPorts } from '../services/email/emailService.ts';
import type { MailIntentStore } from '../services/email/mailIntents.ts';
import { createMailMaker, mailPinContext } from '../services/email/mailMaker.ts';
import type { Relay, RequestToken } from '../services/email/mailPorts.ts';
import type { MailCommits, OutboxStore } from '../services/email/outboxPorts.ts';
import { createOutboxService, type OutboxPorts } from '../services/email/outboxService.ts';
import { createPace } from '../services/email/pace.ts';
import { createRecent } from '../services/email/recently.ts';
import { readEmailSettings } from '../services/email/readEmailSettings.ts';
import { createRelaySettings, relayTarget } from '../services/email/relaySettings.ts';
import { createTemplateCatalogue } from '../services/email/templates/templateCatalogue.ts';
import type { TemplateArchives, TemplateStore } from '../services/email/templates/templatePorts.ts';
import { createTemplateService } from '../services/email/templates/templateService.ts';
import { createUserMails, type UserMails } from '../services/email/userMails.ts';
import type { ImportPins } from '../services/pins/importPins.ts';
import type { InitialPins } from '../services/pins/initialPins.ts';
import type { UserReader } from '../services/users/userReader.ts';
import type { Vault } from '../services/vault/vault.ts';
import type { JobStarter } from './call.ts';
import type { Services } from './router.ts';

/** What mails need from this computer. */
export interface MailPlatform extends Pick<EmailPorts, 'compose' | 'files'>, Pick<DispatcherPorts, 'drop'> {
  readonly shippedTemplates: () => TemplateLibrary;
  /** Calls back when mails were written by another thread or process, until the answer is called. */
  onOutboxChanged(callback: () => void): () => void;
  readonly editedTemplates: TemplateStore;
  readonly archives: TemplateArchives;
  readonly relay: Relay;
  readonly requestToken: RequestToken;
  readonly outbox: OutboxStore;
  /** Writes to the same outbox in a thread of its own. */
  readonly outboxSteps: MailCommits & Pick<OutboxStore, 'add'>;
  readonly readUsers: OutboxPorts['readUsers'];
}

export interface EmailPartsPorts {
  readonly mail: MailPlatform;
  readonly settings: { read(name: string): unknown; change(name: string, next: (before: unknown) => unknown): void };
  readonly users: UserReader;
  readonly filters: FilterPorts;
  readonly vault: Vault;
  readonly initialPins: InitialPins;
  readonly importPins: ImportPins;
  readonly jobs: JobStarter;
  readonly intents: MailIntentStore;
  /** Whether some host of this data folder runs this job now. */
  isRunning(jobId: string): boolean;
  every(intervalMs: number, callback: () => void): () => void;
  /** Nothing goes out while this is false; it stays where it is. */
  mayDeliver(): boolean;
  readonly serverName: string;
  company(): CompanySettings;
  now(): number;
  newId(): string;
  pause(): Promise<void>;
  emitTested(event: { runId: string; step: RelayTestStep }): void;
  emitChanged(): void;
  readonly uploads: EmailPorts['uploads'];
  emitTemplatesChanged(): void;
  log(error: unknown): void;
}

export interface EmailParts {
  readonly services: Services<{ email: typeof emailContract; mailTemplates: typeof mailTemplatesContract; outbox: typeof outboxContract }>;
  /** Mails of what is done to users. */
  readonly userMails: UserMails;
  /** Sends what is due until the returned function is called. For the process that does the background work. */
  startDelivery(): () => void;
  /** Resolves when nothing is being handed over any more. */
  stopped(): Promise<void>;
  /** What `mayDeliver` answers may be another now: holds before the next mail. Of other processes it is learned within 100 ms. */
  mayDeliverChanged(): void;
}

/** How often mails are looked for that a process which ended has left to be made. */
const lookEveryMs = 15_000;

/** Campaigns whose mails had still to be made when a backup was made that was restored since (store/backups/stageRestore.ts). */
const heldCampaigns = (saved: unknown): readonly string[] => z.array(z.string()).safeParse(saved).data ?? [];

/** Everything of the Email pane, joined. */
export function createEmailParts(ports: EmailPartsPorts): EmailParts {
  const { mail, vault, now } = ports;
  const store = mail.outbox;
  const settings = () => readEmailSettings(ports.settings.read('email'));
  let dispatcher: Dispatcher | undefined;
  let ended = Promise.resolve();

  function outboxChanged(): void {
    dispatcher?.wake();
    ports.emitChanged();
  }

  const catalogue = createTemplateCatalogue(mail.shippedTemplates, mail.editedTemplates);
  const { company, serverName, uploads } = ports;
  const shared = { ...mail, templates: catalogue.library, uploads, settings, company, serverName, now };
  const ticks = (): number => performance.now();
  const freshTokens = () => createAccessTokens({ requestToken: mail.requestToken, ticks });
  // Asked for with each of a hundred thousand mails.
  const recentSettings = createRecent(settings, ticks);
  const mayDeliver = createRecent(ports.mayDeliver, ticks);
  const relayPorts = {
    ...shared,
    read: () => ports.settings.read('email'),
    change: (next: (before: unknown) => unknown) => {
      ports.settings.change('email', next);
      recentSettings.forget();
      // Whether mails are held, or wait for a limit, is shown with them.
      outboxChanged();
    },
    secrets: vault,
    tokens: freshTokens(),
    freshTokens,
    emitTested: ports.emitTested,
  };

  const maker = createMailMaker({
    ...shared,
    settings: recentSettings.read,
    company: createRecent(company, ticks).read,
    takePin: ports.initialPins.take,
    sealer: vault.sealer,
  });
  const userMails = createUserMails({
    intents: ports.intents,
    add: mail.outboxSteps.add,
    maker,
    settings,
    isHeld: (campaign) => heldCampaigns(ports.settings.read('heldCampaigns')).includes(campaign),
    readUsers: mail.readUsers,
    isRunning: ports.isRunning,
    givePins: (campaign, signal) => ports.importPins.assign(campaign, { signal, progress: () => undefined }),
    pause: ports.pause,
    now,
    changed: outboxChanged,
    log: ports.log,
  });

  return {
    userMails,
    services: {
      email: { ...createEmailService({ ...shared, findUser: ports.users.get }), ...createRelaySettings(relayPorts) },
      mailTemplates: createTemplateService({ ...shared, catalogue, store: mail.editedTemplates, changed: ports.emitTemplatesChanged }),
      outbox: createOutboxService({
        store,
        add: mail.outboxSteps.add,
        maker,
        jobs: ports.jobs,
        settings,
        idsOf: async (target, signal) =>
          'where' in target
            ? ports.users.ids(resolveSelection(target.where, ports.filters), signal)
            : Uint32Array.from(new Set(target.ids.filter((id) => id > 0 && id <= 0xffff_ffff))).sort(),
        readUsers: mail.readUsers,
        pause: ports.pause,
        now,
        changed: outboxChanged,
        countIntents: ports.intents.countIntents,
      }),
    },

    startDelivery() {
      const running = startDispatcher({
        store,
        mayDeliver: mayDeliver.read,
        steps: mail.outboxSteps,
        compose: mail.compose,
        drop: mail.drop,
        files: mail.files,
        settings,
        pace: createPace(ticks),
        sender: ports.newId(),
        async openRelay({ relay }) {
          return mail.relay.open(await relayTarget(relayPorts, relay), new AbortController().signal);
        },
        openPin: async ({ messageId, pin }) => (await vault.sealer()).open(mailPinContext(messageId), pin!.sealed).reveal(),
        pinMailed: ports.initialPins.mailed,
        now,
        ticks,
        random: Math.random,
        wait: (ms) => wait(ms),
        changed: ports.emitChanged,
        log: ports.log,
      });
      dispatcher = running;
      let isLooking = false;
      const stopLooking = ports.every(lookEveryMs, () => {
        if (isLooking) return;
        isLooking = true;
        void userMails
          .queueLeftOver()
          .catch(ports.log)
          .finally(() => (isLooking = false));
      });
      return () => {
        stopLooking();
        if (dispatcher === running) dispatcher = undefined;
        ended = Promise.all([ended, running.stop()]).then(() => undefined);
      };
    },
    stopped: () => ended,
    mayDeliverChanged: mayDeliver.forget,
  };
}
