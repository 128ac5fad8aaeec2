import { z } from 'zod';
import { instant } from '../contract/common.ts';

/**
 * What a server and an activation authority say to each other: JSON over HTTPS (TLS 1.2 or later), `POST` to the path that stands beside
 * each call. `about` and `activate` come from anybody; all others need the client certificate that `activate` gave out.
 */
export const protocolVersion = 1;

export const roles = ['master', 'subordinate'] as const;
export type Role = (typeof roles)[number];

const pem = z.string().max(16_384);
const name = z.string().min(1).max(255);

/** How a server introduces itself. */
export const serverFacts = z.object({ name, addresses: z.array(z.string().max(64)).max(32), version: z.string().max(64) });
export type ServerFacts = z.infer<typeof serverFacts>;

/** What is unique in a company without regard to letter case; no blanks at its ends. */
export const groupName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\p{Cf}]+$/u, 'Control characters cannot be part of a name');

export const groupRef = z.object({ id: z.string(), name: z.string(), servers: z.number().int() });
export type GroupRef = z.infer<typeof groupRef>;

export const groupMember = serverFacts.extend({
  id: z.string(),
  role: z.enum(roles),
  activatedAt: instant,
  /** Of its last call. */
  lastSeen: instant,
});
export type GroupMember = z.infer<typeof groupMember>;

/** Proof of membership that goes with each call of a member, besides its certificate. */
export const membership = z.object({ licenceKey: z.string().max(128), groupKey: z.string().max(128) });

export const groupChoice = z.union([z.object({ groupId: z.string().max(64) }), z.object({ newGroup: groupName })]);
export type GroupChoice = z.infer<typeof groupChoice>;

export const activationCalls = {
  /** Who answers, and what time it is there. */
  about: {
    path: '/v1/about',
    certificate: false,
    input: z.object({}),
    output: z.object({ product: z.literal('mfa-activation-authority'), protocol: z.number().int(), now: instant }),
  },
  /** Gives out a client certificate for one-time credentials and a certificate request (PKCS#10, RFC 2986; ECDSA P-256); the same one to the same key. */
  activate: {
    path: '/v1/activate',
    certificate: false,
    input: z.object({ email: z.string().max(64), password: z.string().max(64), request: pem, server: serverFacts }),
    output: z.object({
      serverId: z.string(),
      company: z.object({ id: z.string(), name: z.string() }),
      licenceKey: z.string(),
      groups: z.array(groupRef),
      certificate: pem,
      /** The certificate of the authority itself. */
      authority: pem,
      expiresAt: instant,
    }),
  },
  /** Makes the server a member of a group; the first one is its master. Once only: another group needs a new activation. */
  join: {
    path: '/v1/join',
    certificate: true,
    input: z.object({ licenceKey: z.string().max(128), group: groupChoice }),
    output: z.object({ groupId: z.string(), groupName: z.string(), groupKey: z.string(), role: z.enum(roles) }),
  },
  /** Says that the server is alive, and answers who else is in its group. */
  heartbeat: {
    path: '/v1/heartbeat',
    certificate: true,
    input: membership.extend({ server: serverFacts }),
    output: z.object({
      now: instant,
      company: z.object({ id: z.string(), name: z.string() }),
      group: z.object({ id: z.string(), name: z.string() }),
      role: z.enum(roles),
      members: z.array(groupMember),
    }),
  },
  /** Gives out the next certificate. The one before it stays good until the next one is used. */
  renew: {
    path: '/v1/renew',
    certificate: true,
    input: z.object({ licenceKey: z.string().max(128), request: pem }),
    output: z.object({ certificate: pem, expiresAt: instant }),
  },
  /** Ends the membership and the activation. */
  leave: { path: '/v1/leave', certificate: true, input: z.object({ licenceKey: z.string().max(128) }), output: z.object({}) },
} as const;

type ActivationCalls = typeof activationCalls;
export type ActivationCallName = keyof ActivationCalls;
export type CallInput<Name extends ActivationCallName> = z.output<ActivationCalls[Name]['input']>;
export type CallOutput<Name extends ActivationCallName> = z.output<ActivationCalls[Name]['output']>;

/** Why an authority refuses, with the HTTP status that goes with it. */
export const refusalStatus = {
  'request-not-valid': 400,
  'credentials-wrong': 401,
  'credentials-expired': 401,
  'credentials-used': 401,
  'too-many-guesses': 429,
  'certificate-missing': 401,
  'certificate-refused': 403,
  'certificate-revoked': 403,
  'certificate-other-group': 403,
  'group-not-found': 404,
  'group-taken': 409,
  'group-already-joined': 409,
  'authority-failed': 500,
} as const;
export type RefusalCode = keyof typeof refusalStatus;
export const refusalCodes = Object.keys(refusalStatus) as [RefusalCode, ...RefusalCode[]];

export const refusal = z.object({
  code: z.enum(refusalCodes),
  message: z.string(),
  /** When it is worth trying again (`too-many-guesses`). */
  retryAt: instant.optional(),
});
export type Refusal = z.infer<typeof refusal>;

/** What a call that was not granted throws inside an authority. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly code: RefusalCode;
  readonly retryAt: number | undefined;

  constructor(code: RefusalCode, message: string, retryAt?: number) {
    super(message);
    this.code = code;
    this.retryAt = retryAt;
  }
}
