import type { Role } from '../../../shared/activation/protocol.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import type { AuthorityStore, IssuedCertificate, KnownServer } from '../../services/authority/authorityPorts.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { AuthoritySchema } from './schema.ts';

/** What an authority knows, in the authority's file. */
export function createAuthorityRepository({ from, all, get, run, transaction }: TypedQueries<AuthoritySchema>): AuthorityStore {
  const active = from.selectFrom('servers').where('state', '=', 'active');

  function read() {
    const row = get(from.selectFrom('authority').selectAll());
    return row
      ? {
          companyId: row.company_id,
          companyName: row.company_name,
          certificate: row.certificate,
          licenceKey: row.licence_key,
          createdAt: row.created_at,
        }
      : null;
  }

  function addCertificate(serverId: string, { sha256, issuedAt, expiresAt }: IssuedCertificate): void {
    run(from.insertInto('certificates').values({ sha256, server_id: serverId, issued_at: issuedAt, expires_at: expiresAt }));
  }

  const addServer: AuthorityStore['addServer'] = (server, certificate, now) => {
    run(
      from.insertInto('servers').values({
        id: server.id,
        name: server.name,
        addresses: JSON.stringify(server.addresses),
        version: server.version,
        group_id: null,
        role: null,
        joined_at: null,
        activated_at: now,
        last_seen: now,
        state: 'active',
      }),
    );
    addCertificate(server.id, certificate);
  };

  /** The member that joined first after the master. */
  function promote(groupId: string): void {
    const next = get(active.select('id').where('group_id', '=', groupId).orderBy('joined_at').orderBy('id').limit(1));
    if (next) run(from.updateTable('servers').set({ role: 'master' }).where('id', '=', next.id));
  }

  return {
    read,
    create: (record) =>
      transaction(() => {
        const existing = read();
        if (existing) return existing;
        const { companyId, companyName, certificate, licenceKey, createdAt } = record;
        run(
          from.insertInto('authority').values({
            id: 1,
            company_id: companyId,
            company_name: companyName,
            certificate,
            licence_key: licenceKey,
            created_at: createdAt,
          }),
        );
        return record;
      }),
    addCredentials({ email, password, createdAt, expiresAt }, forgetBefore) {
      transaction(() => {
        run(from.deleteFrom('credentials').where('expires_at', '<', forgetBefore));
        run(from.deleteFrom('guesses').where('last_at', '<', forgetBefore));
        const unused = { used_at: null, used_key: null, server_id: null, certificate: null, certificate_expires_at: null };
        run(from.insertInto('credentials').values({ email, password, created_at: createdAt, expires_at: expiresAt, ...unused }));
      });
    },
    credentials(email) {
      const row = get(from.selectFrom('credentials').selectAll().where('email', '=', email));
      return row ? { email, password: row.password, createdAt: row.created_at, expiresAt: row.expires_at, usedAt: row.used_at } : null;
    },
    changeGuesses: (subject, next) =>
      transaction(() => {
        const row = get(from.selectFrom('guesses').select(['count', 'last_at']).where('subject', '=', subject));
        const after = next(row ? { count: row.count, lastAt: row.last_at } : null);
        if (after === null) return void run(from.deleteFrom('guesses').where('subject', '=', subject));
        const values = { count: after.count, last_at: after.lastAt };
        run(
          from
            .insertInto('guesses')
            .values({ subject, ...values })
            .onConflict((conflict) => conflict.column('subject').doUpdateSet(values)),
        );
      }),
    activate: (email, key, server, issued, now) =>
      transaction(() => {
        const unused = get(from.selectFrom('credentials').select('email').where('email', '=', email).where('used_at', 'is', null));
        if (!unused) return false;
        addServer(server, issued, now);
        const { certificate, expiresAt } = issued;
        const use = { used_at: now, used_key: key, server_id: server.id, certificate, certificate_expires_at: expiresAt };
        run(from.updateTable('credentials').set(use).where('email', '=', email));
        return true;
      }),
    activatedBy(email, key) {
      const row = get(
        from
          .selectFrom('credentials as u')
          .innerJoin('servers as s', 's.id', 'u.server_id')
          .select(['s.id', 'u.certificate', 'u.certificate_expires_at'])
          .where('u.email', '=', email)
          .where('u.used_key', '=', key)
          .where('s.state', '=', 'active'),
      );
      return row ? { serverId: row.id, certificate: row.certificate!, expiresAt: row.certificate_expires_at! } : null;
    },
    addServer: (server, certificate, now) => transaction(() => addServer(server, certificate, now)),
    addPageCode: ({ digest, account, expiresAt }, now) =>
      transaction(() => {
        run(from.deleteFrom('page_codes').where('expires_at', '<=', now));
        run(from.insertInto('page_codes').values({ digest, account, expires_at: expiresAt }));
      }),
    takePageCode: (digest, now) =>
      transaction(() => {
        const row = get(from.selectFrom('page_codes').select('account').where('digest', '=', digest).where('expires_at', '>', now));
        run(from.deleteFrom('page_codes').where('digest', '=', digest));
        return row?.account ?? null;
      }),
    groups: () =>
      all(
        from
          .selectFrom('groups as g')
          .leftJoin('servers as s', (join) => join.onRef('s.group_id', '=', 'g.id').on('s.state', '=', 'active'))
          .select(({ fn }) => ['g.id', 'g.name', fn.count<number>('s.id').as('servers')])
          .groupBy('g.id')
          .orderBy('g.name_key'),
      ),
    group: (groupId) => get(from.selectFrom('groups').select(['id', 'name', 'key']).where('id', '=', groupId)) ?? null,
    serverOf(sha256) {
      const row = get(
        from
          .selectFrom('certificates as c')
          .innerJoin('servers as s', 's.id', 'c.server_id')
          .select(['s.id', 's.state', 's.group_id', 's.role', 'c.expires_at'])
          .where('c.sha256', '=', sha256),
      );
      return row
        ? {
            id: row.id,
            state: row.state as KnownServer['state'],
            groupId: row.group_id,
            role: row.role as Role | null,
            certificateExpiresAt: row.expires_at,
          }
        : null;
    },
    join: (serverId, group, now) =>
      transaction(() => {
        const id = 'created' in group ? group.created.id : group.id;
        if ('created' in group) {
          const nameKey = usernameKey(group.created.name);
          if (get(from.selectFrom('groups').select('id').where('name_key', '=', nameKey))) return 'taken';
          run(from.insertInto('groups').values({ ...group.created, name_key: nameKey, created_at: now }));
        } else if (!get(from.selectFrom('groups').select('id').where('id', '=', id))) return null;
        const master = get(active.select('id').where('group_id', '=', id).where('role', '=', 'master').limit(1));
        const role: Role = master ? 'subordinate' : 'master';
        run(
          from.updateTable('servers').set({ group_id: id, role, joined_at: now }).where('id', '=', serverId).where('group_id', 'is', null),
        );
        return role;
      }),
    seen: (serverId, { name, addresses, version }, sha256, now) =>
      transaction(() => {
        run(
          from
            .updateTable('servers')
            .set({ name, addresses: JSON.stringify(addresses), version, last_seen: now })
            .where('id', '=', serverId),
        );
        const used = get(from.selectFrom('certificates').select('issued_at').where('sha256', '=', sha256));
        if (used) run(from.deleteFrom('certificates').where('server_id', '=', serverId).where('issued_at', '<', used.issued_at));
      }),
    members: (groupId) =>
      all(active.selectAll().where('group_id', '=', groupId).orderBy('joined_at').orderBy('id')).map((row) => ({
        id: row.id,
        name: row.name,
        addresses: JSON.parse(row.addresses) as string[],
        version: row.version,
        role: row.role as Role,
        activatedAt: row.activated_at,
        lastSeen: row.last_seen,
      })),
    addCertificate,
    end: (serverId, state) =>
      transaction(() => {
        const server = get(active.select(['group_id', 'role']).where('id', '=', serverId));
        if (!server) return false;
        run(from.updateTable('servers').set({ state, role: null }).where('id', '=', serverId));
        if (server.role === 'master' && server.group_id !== null) promote(server.group_id);
        return true;
      }),
    endUnjoined: (before) =>
      void run(
        from
          .updateTable('servers')
          .set({ state: 'left' })
          .where('state', '=', 'active')
          .where('group_id', 'is', null)
          .where('activated_at', '<', before),
      ),
    setCompanyName: (name) => void run(from.updateTable('authority').set({ company_name: name })),
    servers: () =>
      all(
        from
          .selectFrom('servers as s')
          .leftJoin('groups as g', 'g.id', 's.group_id')
          .leftJoin('certificates as c', 'c.server_id', 's.id')
          .select(['s.id', 's.name', 's.addresses', 's.version', 's.role', 's.state', 's.activated_at', 's.last_seen', 'g.name as group'])
          .select(({ fn }) => fn.max('c.expires_at').as('expires_at'))
          .groupBy('s.id')
          .orderBy('s.activated_at')
          .orderBy('s.id'),
      ).map((row) => ({
        id: row.id,
        name: row.name,
        addresses: JSON.parse(row.addresses) as string[],
        version: row.version,
        group: row.group ?? '',
        role: row.role as Role | null,
        state: row.state === 'active' && row.group === null ? ('joining' as const) : (row.state as 'active' | 'revoked' | 'left'),
        activatedAt: row.activated_at,
        lastSeen: row.last_seen,
        certificateExpiresAt: row.expires_at ?? 0,
      })),
  };
}
