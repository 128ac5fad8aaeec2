import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { certificateMaker, makeRequest } from './certificates.ts';
import { call, createTestServer, startTestAuthority } from './testing.ts';

let authority: Awaited<ReturnType<typeof startTestAuthority>>;
beforeAll(async () => void (authority = await startTestAuthority()));
afterAll(() => authority.stop());

const never = (): never => {
  throw new Error('must not be called');
};

describe('a server without any connection', () => {
  it('is activated by a file that it writes and a file that only it can open, and is asked of nobody', async () => {
    const unreachable = () => Promise.reject(new AppError('unreachable', 'There is no network.'));
    const server = createTestServer('island', { authorities: { certificates: never, call: unreachable } });
    const { file } = await server.requestByFile(authority.url);
    const answer = await authority.signFile({ file, group: { newGroup: 'Islands' } }, call);

    expect(answer.serverName).toBe('island');
    expect(answer.file).not.toContain('CERTIFICATE');
    expect(await server.acceptFile(answer.file)).toMatchObject({
      phase: 'joined',
      activation: { isOffline: true, company: 'Contoso' },
      group: { name: 'Islands', role: 'master' },
    });
    expect((await server.contact()).contact.failure).toBeNull();
    await expect(server.acceptFile(answer.file)).rejects.toMatchObject({ code: 'activation-file-not-valid' });
    expect(await server.deactivate()).toMatchObject({ phase: 'not-activated' });
    expect(server.secrets.size).toBe(0);
  });

  it('learns that it was revoked as soon as it reaches the authority all the same', async () => {
    const server = createTestServer('seldom');
    const { file } = await server.requestByFile(authority.url);
    const answer = await authority.signFile({ file, group: { newGroup: 'Seldom' } }, call);
    await server.acceptFile(answer.file);
    expect(await server.contact()).toMatchObject({ readOnly: null, members: [{ name: 'seldom' }] });

    await authority.revoke({ serverId: answer.serverId }, call);

    expect((await server.contact()).readOnly).toMatchObject({ reason: 'revoked' });
  });

  it('takes no answer for another server, from another authority, or that was changed', async () => {
    const [server, other] = [createTestServer('a'), createTestServer('b')];
    const { file } = await server.requestByFile(authority.url);
    await other.requestByFile(authority.url);
    const answer = await authority.signFile({ file, group: { newGroup: 'Files' } }, call);

    await expect(other.acceptFile(answer.file)).rejects.toMatchObject({ code: 'activation-file-not-valid' });
    await expect(server.acceptFile(file)).rejects.toMatchObject({ code: 'activation-file-not-valid' });
    const sealed = JSON.parse(answer.file) as { tag: string };
    const changed = JSON.stringify({ ...sealed, tag: Buffer.alloc(16).toString('base64') });
    await expect(server.acceptFile(changed)).rejects.toMatchObject({ code: 'activation-file-not-valid' });

    const elsewhere = await startTestAuthority();
    const stolen = await elsewhere.signFile({ file, group: { newGroup: 'Files' } }, call);
    await expect(server.acceptFile(stolen.file)).rejects.toMatchObject({ code: 'authority-changed' });
    await elsewhere.stop();
    expect(await server.acceptFile(answer.file)).toMatchObject({ phase: 'joined' });
  });

  it('takes no answer in the name of its authority with a certificate that this did not sign, or for another key', async () => {
    const server = createTestServer('forged');
    const { file } = await server.requestByFile(authority.url);
    const { request } = JSON.parse(file) as { request: string };
    const elsewhere = await startTestAuthority();
    const foreign = await certificateMaker.certifyServer(request, 'x', elsewhere.authorityKey(), Date.now());
    const ofAnotherKey = await certificateMaker.certifyServer((await makeRequest()).request, 'x', authority.authorityKey(), Date.now());
    await elsewhere.stop();

    for (const { certificate, expiresAt } of [foreign, ofAnotherKey]) {
      const content = {
        ...{ serverId: 'x', company: { id: 'c', name: 'Contoso' }, licenceKey: 'k', groups: [], certificate, expiresAt },
        // Everybody can have this one, and seal for the request, which is no secret.
        authority: authority.authorityKey().certificate,
        group: { groupId: 'g', groupName: 'Forged', groupKey: 'k', role: 'master' },
      };
      const sealed = await certificateMaker.sealFor(request, JSON.stringify(content));
      const answer = JSON.stringify({ kind: 'mfa-activation-answer', version: 1, ...sealed });
      await expect(server.acceptFile(answer)).rejects.toMatchObject({ code: 'activation-file-not-valid' });
    }
    expect((await server.state(null, call)).phase).toBe('not-activated');
  });

  it('gets a certificate for a year, since somebody has to carry the next one', async () => {
    const server = createTestServer('yearly');
    const { file } = await server.requestByFile(authority.url);
    const answer = await authority.signFile({ file, group: { newGroup: 'Yearly' } }, call);

    const { activation } = await server.acceptFile(answer.file);
    expect((activation!.certificateExpiresAt - authority.clock.now) / 86_400_000).toBeCloseTo(365, 1);
  });

  it('is in no list of the authority as active when its file could not be signed', async () => {
    const { file } = await createTestServer('unsigned').requestByFile(authority.url);

    await expect(authority.signFile({ file, group: { groupId: 'none' } }, call)).rejects.toMatchObject({ code: 'group-not-found' });
    await expect(authority.signFile({ file: '{}', group: { newGroup: 'X' } }, call)).rejects.toMatchObject({
      code: 'activation-file-not-valid',
    });
    const unsigned = (await authority.servers(null, call)).filter(({ name }) => name === 'unsigned');
    expect(unsigned.map(({ state }) => state)).toEqual(['left']);
    await expect(createTestServer('x').requestByFile('https://mfa1')).rejects.toMatchObject({ code: 'authority-unknown' });
  });
});
