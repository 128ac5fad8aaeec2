import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../shared/lib/secret.ts';
import { startSampleDirectory, type SampleDirectory } from '../startSampleDirectory.ts';
import { delayFirstAnswer, stallAfter } from '../faults.ts';
import { selfSignedCertificate } from '../testing/selfSignedCertificate.ts';
import { bindOperation, connectRaw, message, searchOperation, type RawClient } from '../testing/rawClient.ts';
import { encodeBoolean, encodeElement, encodeInteger, encodeOctets, encodeSequence } from './ber.ts';
import { extensionOid } from './oids.ts';
import { resultCode } from './resultCode.ts';

let directory: SampleDirectory;
let client: RawClient;

beforeEach(async () => {
  directory = await startSampleDirectory({ servicePassword: new Secret('pw'), maxMessageBytes: 100_000 });
  client = connectRaw(directory.port);
});

afterEach(async () => {
  client.destroy();
  await directory.close();
});

const rootDse = searchOperation('', 0);
const nested = (depth: number): Buffer => (depth === 0 ? encodeOctets('cn', 0x87) : encodeElement(0xa2, nested(depth - 1)));

describe('bytes that are no LDAP', () => {
  it.each([
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['zeros', Buffer.alloc(64)],
    ['a TLS handshake', Buffer.from('16030100', 'hex')],
    ['a length of 2 GB', Buffer.from('30847fffffff0201', 'hex')],
    ['a length of 4 GB', Buffer.from('3084ffffffff0201', 'hex')],
    ['a length field of 9 bytes', Buffer.from('3089ffffffffffffffffff', 'hex')],
    ['an indefinite length', Buffer.from('30800201', 'hex')],
    ['a message over the limit', encodeSequence(Buffer.alloc(100_001))],
    ['an empty message', encodeSequence()],
    ['a message without an operation', encodeSequence(encodeInteger(1))],
    ['message id zero', message(0, rootDse)],
    ['a negative message id', message(-1, rootDse)],
    ['an unknown operation', message(1, encodeElement(0x7e))],
    ['an answer in place of a request', message(1, encodeElement(0x61, encodeInteger(0)))],
    ['a child longer than its parent', message(1, encodeElement(0x60, Buffer.from('0201030481', 'hex'), Buffer.of(0xff)))],
    ['an unknown filter', message(1, searchOperation('', 0, encodeElement(0xaf)))],
    [
      'a substring filter without substrings',
      message(1, searchOperation('', 0, encodeElement(0xa4, encodeOctets('cn'), encodeSequence()))),
    ],
    ['a filter nested 5,000 deep', message(1, searchOperation('', 0, nested(5_000)))],
    ['bytes behind the end of a message', encodeSequence(encodeInteger(1), rootDse, encodeOctets('more'))],
  ])('are answered with a notice of disconnection: %s', async (_name, bytes) => {
    client.send(bytes);

    const answer = await client.next();
    await client.closed;

    expect(answer).toMatchObject({ messageId: 0, code: resultCode.protocolError, responseName: extensionOid.noticeOfDisconnection });
  });

  it('do not hurt other connections', async () => {
    const other = connectRaw(directory.port);
    client.send(Buffer.from('garbage'));
    await client.closed;

    other.send(message(1, rootDse));

    expect(await other.next()).toMatchObject({ messageId: 1, tag: 0x64 });
    other.destroy();
  });

  it('may stop in the middle without harm', async () => {
    client.send(message(1, rootDse).subarray(0, 10));
    client.destroy();
    await client.closed;
    const other = connectRaw(directory.port);
    other.send(message(1, rootDse));

    expect(await other.next()).toMatchObject({ messageId: 1 });
    other.destroy();
  });
});

describe('well-formed requests that cannot be carried out', () => {
  it.each([
    ['an unknown scope', searchOperation('', 9), 0x65, resultCode.protocolError],
    ['LDAP version 2', bindOperation('', '', 2), 0x61, resultCode.protocolError],
    [
      'SASL',
      encodeElement(0x60, encodeInteger(3), encodeOctets(''), encodeElement(0xa3, encodeOctets('GSS-SPNEGO'))),
      0x61,
      resultCode.authMethodNotSupported,
    ],
    ['an unknown extended operation', encodeElement(0x77, encodeOctets('1.2.3', 0x80)), 0x78, resultCode.protocolError],
    ['StartTLS without a certificate', encodeElement(0x77, encodeOctets(extensionOid.startTls, 0x80)), 0x78, resultCode.unavailable],
    ['a deletion', encodeOctets('CN=x', 0x4a), 0x6b, resultCode.unwillingToPerform],
    ['a modification', encodeElement(0x66, encodeOctets('CN=x'), encodeSequence()), 0x67, resultCode.unwillingToPerform],
    ['an addition', encodeElement(0x68, encodeOctets('CN=x'), encodeSequence()), 0x69, resultCode.unwillingToPerform],
    ['a name that is none', searchOperation('nonsense', 2), 0x65, resultCode.operationsError],
  ])('are refused and the connection goes on: %s', async (_name, operation, tag, code) => {
    client.send(message(7, operation));
    client.send(message(8, rootDse));

    expect(await client.next()).toMatchObject({ messageId: 7, tag, code });
    expect(await client.next()).toMatchObject({ messageId: 8, tag: 0x64 });
  });

  it('are refused when a critical control is unknown, and carried out when an unknown control is not critical', async () => {
    const control = (isCritical: boolean) => encodeSequence(encodeOctets('1.2.3'), encodeBoolean(isCritical));
    client.send(message(1, rootDse, control(true)));
    client.send(message(2, rootDse, control(false)));

    expect(await client.next()).toMatchObject({ messageId: 1, tag: 0x65, code: resultCode.unavailableCriticalExtension });
    expect(await client.next()).toMatchObject({ messageId: 2, tag: 0x64 });
  });
});

describe('a connection', () => {
  it('reads a message that arrives byte by byte', async () => {
    for (const byte of message(1, rootDse)) client.send(Buffer.of(byte));

    expect(await client.next()).toMatchObject({ messageId: 1, tag: 0x64 });
  });

  it('answers several messages in one packet', async () => {
    client.send(Buffer.concat([message(1, bindOperation('', '')), message(2, rootDse)]));

    expect(await client.next()).toMatchObject({ messageId: 1, tag: 0x61, code: resultCode.success });
    expect(await client.next()).toMatchObject({ messageId: 2, tag: 0x64 });
  });

  it('is ended by unbind without an answer', async () => {
    client.send(message(1, Buffer.of(0x42, 0)));

    expect(await client.next()).toBeUndefined();
  });

  it('answers nothing for a search that was abandoned', async () => {
    const stalling = await startSampleDirectory({ servicePassword: new Secret('pw'), faults: [stallAfter({ entries: 0 })] });
    const other = connectRaw(stalling.port);
    other.send(message(1, bindOperation(stalling.serviceDn, 'pw')));
    await other.next();

    other.send(message(2, searchOperation(stalling.baseDn, 2)));
    other.send(message(3, Buffer.of(0x50, 1, 2)));
    other.send(message(4, rootDse));

    expect(await other.next()).toMatchObject({ messageId: 4 });
    other.destroy();
    await stalling.close();
  });

  it('lets requests wait while a bind is checked, and serves them afterwards', async () => {
    const slow = await startSampleDirectory({ servicePassword: new Secret('pw'), faults: [delayFirstAnswer({ delayMs: 20 })] });
    const other = connectRaw(slow.port);
    other.send(Buffer.concat([message(1, bindOperation(slow.serviceDn, 'pw')), message(2, searchOperation(slow.baseDn, 0))]));

    expect(await other.next()).toMatchObject({ messageId: 1, tag: 0x61, code: resultCode.success });
    expect(await other.next()).toMatchObject({ messageId: 2, tag: 0x64 });
    other.destroy();
    await slow.close();
  });

  it('is ended when too many requests wait', async () => {
    const stalling = await startSampleDirectory({ servicePassword: new Secret('pw'), faults: [stallAfter({ entries: 0 })] });
    const other = connectRaw(stalling.port);
    for (let messageId = 1; messageId <= 257; messageId += 1) other.send(message(messageId, searchOperation(stalling.baseDn, 2)));

    expect(await other.next()).toMatchObject({ messageId: 0, responseName: extensionOid.noticeOfDisconnection });
    await other.closed;
    await stalling.close();
  });

  it('refuses plain bytes smuggled in behind StartTLS', async () => {
    const tls = selfSignedCertificate({ names: ['127.0.0.1'] });
    const secure = await startSampleDirectory({ servicePassword: new Secret('pw'), tls });
    const other = connectRaw(secure.port);
    const startTls = message(1, encodeElement(0x77, encodeOctets(extensionOid.startTls, 0x80)));

    other.send(Buffer.concat([startTls, message(2, bindOperation(secure.serviceDn, 'pw'))]));

    expect(await other.next()).toMatchObject({ messageId: 0, responseName: extensionOid.noticeOfDisconnection });
    await other.closed;
    expect(secure.stats().requests).not.toHaveProperty('bind');
    await secure.close();
  });

  it('is ended when a message id is used again while its request still runs', async () => {
    const stalling = await startSampleDirectory({ servicePassword: new Secret('pw'), faults: [stallAfter({ entries: 0 })] });
    const other = connectRaw(stalling.port);
    other.send(message(1, bindOperation(stalling.serviceDn, 'pw')));
    await other.next();

    other.send(message(3, searchOperation(stalling.baseDn, 2)));
    other.send(message(3, searchOperation(stalling.baseDn, 2)));

    expect(await other.next()).toMatchObject({ messageId: 0, responseName: extensionOid.noticeOfDisconnection });
    other.destroy();
    await stalling.close();
  });
});
