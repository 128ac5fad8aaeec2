import { z } from 'zod';
import { groupChoice, groupMember, groupRef, roles } from '../activation/protocol.ts';
import { instant, secretText } from './common.ts';
import { command, event, query } from './define.ts';
import { certificate } from './directory.contract.ts';
import { errorCodes } from './errors.ts';

const authorityUrl = z.string().trim().min(1).max(512);

/** Why a server changes no users and sends no mail until it is activated again, and since when. */
export const readOnlyState = z.object({ reason: z.enum(['revoked', 'expired']), since: instant });
export type ReadOnlyState = z.infer<typeof readOnlyState>;

export const activationState = z.object({
  /** `activated`: has its certificate, but is in no group yet. */
  phase: z.enum(['not-activated', 'activated', 'joined']),
  /** Null exactly when not activated. */
  activation: z
    .object({
      authorityUrl: z.string(),
      company: z.string(),
      serverId: z.string(),
      activatedAt: instant,
      certificateExpiresAt: instant,
      /** Which groups there were when the server was activated; to choose from while it is in none. */
      groups: z.array(groupRef),
      /** Activated by a file: the authority cannot be asked, and the next certificate comes by a file too. */
      isOffline: z.boolean(),
    })
    .nullable(),
  /** Null: everything works, as on a server that was never activated. */
  readOnly: readOnlyState.nullable(),
  /** Null while the server is in none. */
  group: z.object({ id: z.string(), name: z.string(), role: z.enum(roles) }).nullable(),
  /** All active servers of the group, this one too, as the authority said last. */
  members: z.array(groupMember),
  contact: z.object({
    /** When the authority answered last; null: it has not since the activation. */
    at: instant.nullable(),
    /** Why the last call failed; null: it did not. */
    failure: z.object({ at: instant, since: instant, code: z.enum(errorCodes), message: z.string() }).nullable(),
  }),
});
export type ActivationState = z.infer<typeof activationState>;

export const activationContract = {
  /** What is known here; asks nobody. */
  state: query('read', z.null(), activationState),
  /** Whose certificate an authority shows. Sends nothing but a handshake. For an address without fingerprint. */
  look: query('manage', z.object({ authorityUrl }), z.object({ authorityUrl: z.string(), certificate })),
  /**
   * Makes a key pair, has it certified by the authority for one-time credentials, and keeps it in the keychain. `replace` allows it for a
   * server that is activated: it leaves its group and, where that is another one, its authority. Nothing changes here when it fails.
   */
  activate: command(
    'manage',
    z.object({ authorityUrl, email: z.string().max(64), password: secretText, replace: z.boolean().default(false) }),
    activationState,
  ),
  /**
   * Makes the request of a server without any connection, to be signed by the authority of this address. Only its answer will be accepted.
   * Throws `authority-unknown` for an address without fingerprint.
   */
  requestByFile: command('manage', z.object({ authorityUrl }), z.object({ file: z.string() })),
  /** Accepts the answer to the last request. Throws `activation-file-not-valid`, `authority-changed`. */
  acceptFile: command('manage', z.object({ file: z.string().max(262_144) }), activationState),
  /** Once after an activation. Throws `group-taken`, `group-not-found`. */
  join: command('manage', groupChoice, activationState),
  /** Tells the authority that this server is alive, and learns who is in the group. A failure is part of the answer. */
  contact: query('manage', z.null(), activationState),
  /** Replaces key and certificate. Happens by itself in time. */
  renew: command('manage', z.null(), activationState),
  /** Leaves group and authority and forgets the keys. `evenIfAway`: also where the authority cannot be told. */
  deactivate: command('manage', z.object({ evenIfAway: z.boolean().default(false) }), activationState),
  changed: event('read', z.object({})),
};
