import { z } from 'zod';
import { instant } from './common.ts';
import { event, query } from './define.ts';
import { jobStates } from './jobs.contract.ts';
import { methods } from './users.contract.ts';

/** Users of one method. A disabled user counts as neither complete nor incomplete. */
export const methodCount = z.object({
  method: z.enum(methods),
  complete: z.number().int(),
  incomplete: z.number().int(),
  disabled: z.number().int(),
});
export type MethodCount = z.infer<typeof methodCount>;

/** How many users there were, and how many of them could use their second factor, at the end of a day. */
export const enrolmentDay = z.object({
  /** `2026-11-27`, UTC. */
  day: z.string(),
  users: z.number().int(),
  complete: z.number().int(),
});
export type EnrolmentDay = z.infer<typeof enrolmentDay>;

/** People come and go: who was not looked for in the directory for so long is not known any more. */
export const staleAfterMs = 30 * 24 * 60 * 60 * 1000;

/** What an administrator should look at. Each has its words and its way out in the window. */
export const findingKinds = [
  'store-damaged',
  'settings-unreadable',
  'keychain-unavailable',
  'keychain-locked',
  'delivery-stopped',
  'network-failed',
  'requirements-failed',
  'mails-unknown',
  'mails-failed',
  'sender-missing',
  'mails-held',
  'mails-limited',
  'import-failed',
  'log-not-written',
  'backup-failed',
  'backup-old',
  'directory-missing',
  'directory-stale',
  'disabled-succeed',
  'users-incomplete',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export const finding = z.object({
  kind: z.enum(findingKinds),
  severity: z.enum(['error', 'warning', 'info']),
  /** How many mails or users it is about. */
  count: z.number().int().optional(),
  /** What was found, in the words of whoever found it. */
  text: z.string().optional(),
  /** When it happened, or since when. */
  at: instant.optional(),
});
export type Finding = z.infer<typeof finding>;

export const statusContract = {
  /**
   * The state of this server at a glance. Users are counted in the background: `countedAt` says when; null before they were counted for the
   * first time. A newer count is told by `changed`.
   */
  overview: query(
    'read',
    z.null(),
    z.object({
      server: z.object({
        name: z.string(),
        addresses: z.array(z.string()),
        version: z.string(),
        host: z.string(),
        startedAt: instant,
        /** This process does the background work of the data folder. */
        isWorking: z.boolean(),
      }),
      users: z.object({ countedAt: instant.nullable(), methods: z.array(methodCount) }),
      /** One entry for each day on which users were counted, the oldest first. */
      enrolment: z.array(enrolmentDay),
      directory: z.object({
        /** Null: none is configured. */
        server: z.string().nullable(),
        lastImport: z.object({ at: instant, state: z.enum(jobStates), people: z.number().int(), subject: z.string() }).nullable(),
      }),
      /** The gravest first. */
      findings: z.array(finding),
    }),
  ),
  /**
   * The findings of `overview` alone, for whoever asks often: with a million users they cost no more than with none, because the last count of
   * users is taken as it is and no new one is begun.
   */
  findings: query('read', z.null(), z.array(finding)),
  /** Users were counted anew. */
  changed: event('read', z.object({})),
};
