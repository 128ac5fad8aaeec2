import { z } from 'zod';
import { groupMember, groupRef, roles } from '../../../shared/activation/protocol.ts';
import { readOnlyState, type ActivationState, type ReadOnlyState } from '../../../shared/contract/activation.contract.ts';
import { formatAuthorityUrl } from '../../../shared/activation/authorityUrl.ts';
import { instant } from '../../../shared/contract/common.ts';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { ActivationPorts } from './activationPorts.ts';

const record = z.object({
  host: z.string(),
  port: z.number().int(),
  /** Fingerprint of `authority`. */
  sha256: z.string(),
  /** PEM. */
  authority: z.string(),
  company: z.string(),
  serverId: z.string(),
  activatedAt: instant,
  expiresAt: instant,
  groups: z.array(groupRef),
  group: z.object({ id: z.string(), name: z.string(), role: z.enum(roles) }).nullable(),
  /** Activated by a file: the authority cannot be asked. */
  isOffline: z.boolean().default(false),
});
/** What this server knows about its activation; nothing of it is secret. */
export type ActivationRecord = z.infer<typeof record>;

/** Where a server has to reach its authority; null where it need not: not activated, its own authority, or activated by a file. */
export function authorityToReach(
  found: Pick<ActivationRecord, 'host' | 'port' | 'isOffline'> | null,
): { host: string; port: number } | null {
  return found === null || found.isOffline || found.host === 'localhost' ? null : { host: found.host, port: found.port };
}

const contactRecord = z.object({
  serverId: z.string(),
  at: instant.nullable(),
  role: z.enum(roles).nullable(),
  members: z.array(groupMember),
  /** When the authority said that the activation is revoked. It holds until the authority says otherwise, also while it is away. */
  revokedAt: instant.nullable().default(null),
  failure: z.object({ at: instant, since: instant, code: z.enum(errorCodes), message: z.string() }).nullable(),
});
export type ContactRecord = z.infer<typeof contactRecord>;

const ended = readOnlyState.nullable().catch(null);

const [recordName, contactName, endName] = ['activation', 'activationContact', 'activationEnd'];

/** What proves who this server is, as it lies in the vault: one entry, so that key and certificate always fit together. */
const identity = z.object({ certificate: z.string(), privateKey: z.string(), licenceKey: z.string(), groupKey: z.string() });
export type ServerIdentity = z.infer<typeof identity>;

/** Reads and writes what this server keeps about its activation. */
export function createActivationRecords({
  settings,
  vault,
  now,
  changed,
}: Pick<ActivationPorts, 'settings' | 'vault' | 'now' | 'changed'>) {
  /** One that cannot be read is none: this server is then told to be activated, which puts it right. */
  const read = (): ActivationRecord | null => record.safeParse(settings.read(recordName)).data ?? null;

  function contact(serverId: string): ContactRecord {
    const parsed = contactRecord.safeParse(settings.read(contactName));
    if (parsed.success && parsed.data.serverId === serverId) return parsed.data;
    return { serverId, at: null, role: null, members: [], revokedAt: null, failure: null };
  }

  /**
   * A server is its own authority without anybody who could be away: where its certificate expires, because no console was open for months,
   * nothing has to be protected from it.
   */
  function readOnly(): ReadOnlyState | null {
    const found = read();
    if (!found) return ended.parse(settings.read(endName) ?? null);
    const { revokedAt } = contact(found.serverId);
    if (revokedAt !== null) return { reason: 'revoked', since: revokedAt };
    return found.host !== 'localhost' && found.expiresAt <= now() ? { reason: 'expired', since: found.expiresAt } : null;
  }

  return {
    read,
    contact,
    readOnly,
    write(next: ActivationRecord): void {
      settings.write(recordName, next);
      settings.write(endName, null);
      changed();
    },
    /** Forgets the activation. What it did not allow any more is not allowed without it either. */
    end(): void {
      settings.write(endName, readOnly());
      settings.write(recordName, null);
      changed();
    },
    writeContact(next: ContactRecord): void {
      settings.write(contactName, next);
      changed();
    },
    putIdentity: (of: Pick<ActivationRecord, 'host' | 'port' | 'serverId'>, value: ServerIdentity) =>
      vault.put(of, new Secret(JSON.stringify(value))),
    async takeIdentity(of: Pick<ActivationRecord, 'host' | 'port' | 'serverId'>): Promise<ServerIdentity> {
      return identity.parse(JSON.parse((await vault.take(of)).reveal()));
    },
    state(): ActivationState {
      const found = read();
      if (!found) {
        return {
          phase: 'not-activated',
          activation: null,
          readOnly: readOnly(),
          group: null,
          members: [],
          contact: { at: null, failure: null },
        };
      }
      const { at, failure, members, role } = contact(found.serverId);
      return {
        phase: found.group ? 'joined' : 'activated',
        activation: {
          authorityUrl: formatAuthorityUrl(found),
          company: found.company,
          serverId: found.serverId,
          activatedAt: found.activatedAt,
          certificateExpiresAt: found.expiresAt,
          groups: found.groups,
          isOffline: found.isOffline,
        },
        readOnly: readOnly(),
        group: found.group && { ...found.group, role: role ?? found.group.role },
        members,
        contact: { at, failure },
      };
    },
  };
}
