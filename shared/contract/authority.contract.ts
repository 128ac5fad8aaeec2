import { z } from 'zod';
import { groupChoice, groupName, groupRef, roles, serverFacts } from '../activation/protocol.ts';
import { instant } from './common.ts';
import { command, query } from './define.ts';

export const activatedServer = serverFacts.extend({
  id: z.string(),
  /** Empty while it has not joined one. */
  group: z.string(),
  role: z.enum(roles).nullable(),
  /** `joining`: activated, but in no group yet. */
  state: z.enum(['active', 'joining', 'revoked', 'left']),
  activatedAt: instant,
  lastSeen: instant,
  /** Of the newest certificate. */
  certificateExpiresAt: instant,
});
export type ActivatedServer = z.infer<typeof activatedServer>;

const listening = z.object({
  port: z.number().int(),
  /** The same authority under each name and address of this computer, with its fingerprint. */
  urls: z.array(z.string()).min(1),
});

export const authorityContract = {
  /** Whether this data folder has an authority, and where this process serves it. */
  state: query(
    'read',
    z.null(),
    z.object({
      /** Null: nothing was ever set up here. */
      authority: z.object({ company: z.string(), sha256: z.string(), createdAt: instant }).nullable(),
      listening: listening.nullable(),
      /** Served by whichever host does the background work of this data folder; null: it is not. */
      builtIn: z
        .object({ port: z.number().int(), /** For this computer itself. */ url: z.string(), urls: listening.shape.urls })
        .nullable(),
    }),
  ),
  /**
   * Makes this server its own authority, or ends that. The host that does the background work begins to serve it within seconds; at once
   * where it is this one. Port 0, which only that one takes: any free port. Throws what `start` throws.
   */
  setBuiltIn: command('manage', z.object({ port: z.number().int().min(0).max(65_535).nullable() }), z.null()),
  /**
   * Serves the authority of this data folder over HTTPS until `stop` or the end of this process; makes its certificate on first use.
   * Throws what the keychain says, and `port-taken`.
   */
  start: command('manage', z.object({ port: z.number().int().min(0).max(65_535).optional() }), listening),
  stop: command('manage', z.null(), z.null()),
  /** Makes an address and a password that activate one server within ten minutes. They are shown once and kept nowhere. */
  generateCredentials: command('manage', z.null(), z.object({ email: z.string(), password: z.string(), expiresAt: instant })),
  /**
   * Makes a code that signs its reader in, as the caller, to the authority's web page: once, within ten minutes. `urls` open the page with
   * it, the best first; empty while nobody ever served the authority.
   */
  openPage: command('manage', z.null(), z.object({ code: z.string(), urls: z.array(z.string()), expiresAt: instant })),
  /**
   * Activates a server that has no connection, by its request file, and makes it a member of a group. The answer is for that server alone.
   * Throws `activation-file-not-valid`, `group-taken`, `group-not-found`.
   */
  signFile: command(
    'manage',
    z.object({ file: z.string().max(262_144), group: groupChoice }),
    z.object({ file: z.string(), serverId: z.string(), serverName: z.string() }),
  ),
  /** The groups of this authority, by name. */
  groups: query('read', z.null(), z.array(groupRef)),
  /** What servers show as their company; they learn of it within minutes. */
  setCompany: command('manage', z.object({ name: groupName }), z.null()),
  /** All servers that were ever activated here, the oldest first. Who joins no group within a day counts as left. */
  servers: query('read', z.null(), z.array(activatedServer)),
  /** Takes a server's activation away: from now on its calls are refused. Throws `not-found`. */
  revoke: command('manage', z.object({ serverId: z.string() }), z.null()),
};
