import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../shared/lib/secret.ts';
import { readTokenFile } from './readTokenFile.ts';
import { encryptedPskc } from './testing.ts';

const read = (text: string, password?: string) => readTokenFile(Buffer.from(text), password === undefined ? null : new Secret(password));
const seed = Uint8Array.from(Buffer.from('12345678901234567890'));
const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** RFC 6030, figures 2 and 6, as printed there. */
const plain = `<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" Id="exampleID1" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">
  <KeyPackage><Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><Issuer>Issuer-A</Issuer>
    <Data><Secret><PlainValue>MTIzNA==</PlainValue></Secret></Data></Key></KeyPackage></KeyContainer>`;
const preshared = `<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">
  <EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>
  <MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><MACKey>
    <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
    <xenc:CipherData><xenc:CipherValue>ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX</xenc:CipherValue></xenc:CipherData>
  </MACKey></MACMethod>
  <KeyPackage><DeviceInfo><Manufacturer>Manufacturer</Manufacturer><SerialNo>987654321</SerialNo></DeviceInfo>
    <CryptoModuleInfo><Id>CM_ID_001</Id></CryptoModuleInfo>
    <Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><Issuer>Issuer</Issuer>
      <AlgorithmParameters><ResponseFormat Length="8" Encoding="DECIMAL"/></AlgorithmParameters>
      <Data><Secret><EncryptedValue><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
        <xenc:CipherData><xenc:CipherValue>AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv</xenc:CipherValue></xenc:CipherData></EncryptedValue>
        <ValueMAC>Su+NvtQfmvfJzF6bmQiJqoLRExc=</ValueMAC></Secret>
        <Counter><PlainValue>0</PlainValue></Counter></Data></Key></KeyPackage></KeyContainer>`;
describe('a PSKC file', () => {
  it('is read with the pre-shared key of RFC 6030, figure 6', () => {
    const { format, tokens } = read(preshared, '12345678901234567890123456789012');

    expect(format).toBe('pskc');
    expect(tokens).toMatchObject([{ serial: '987654321', secret: seed, counter: 0, problem: null }]);
    expect(tokens[0]?.facts).toMatchObject({ kind: 'hotp', digits: 8, manufacturer: 'Manufacturer' });
  });

  it('is read with the password of RFC 6030, figure 7', () => {
    expect(read(encryptedPskc, 'qwerty').tokens).toMatchObject([{ serial: '987654321', secret: seed, problem: null }]);
  });

  it.each([
    ['nothing', encryptedPskc, undefined, 'token-file-password-missing'],
    ['a wrong password', encryptedPskc, 'qwertz', 'token-file-password-wrong'],
    ['a wrong key', preshared, '00000000000000000000000000000000', 'token-file-password-wrong'],
    ['a key that is none', preshared, 'secret', 'token-file-password-wrong'],
    ['another check value', encryptedPskc.replace('LP6x', 'LP6y'), 'qwerty', 'token-file-password-wrong'],
    ['a DOCTYPE', plain.replace('<KeyContainer', '<!DOCTYPE x [<!ENTITY a "b">]><KeyContainer'), undefined, 'token-file-not-valid'],
    ['an entity of its own', plain.replace('MTIzNA==', '&lol;'), undefined, 'token-file-not-valid'],
    ['a cut file', plain.slice(0, 300), undefined, 'token-file-not-valid'],
    ['another document', '<html></html>', undefined, 'token-file-not-valid'],
    ['no packages', '<KeyContainer xmlns="urn:ietf:params:xml:ns:keyprov:pskc"/>', undefined, 'token-file-not-valid'],
  ])('with %s is refused', (_, text, given, code) => {
    expect(() => read(text, given)).toThrow(expect.objectContaining({ code }));
  });

  it('says what is wrong with one package and reads the others', () => {
    const totp = `<KeyPackage><DeviceInfo><Manufacturer>oath.Acme</Manufacturer><SerialNo>T1</SerialNo><Model>c200</Model></DeviceInfo>
      <Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp"><AlgorithmParameters><Suite>HMAC-SHA256</Suite><ResponseFormat Encoding="DECIMAL" Length="6"/></AlgorithmParameters>
      <Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret><TimeInterval><PlainValue>60</PlainValue></TimeInterval></Data>
      <Policy><StartDate>2026-05-01T00:00:00Z</StartDate><ExpiryDate>2031-05-01T02:00:00+02:00</ExpiryDate></Policy></Key></KeyPackage>`;
    const { tokens } = read(plain.replace('</KeyContainer>', `${totp}${totp.replace('"DECIMAL"', '"ALPHANUMERIC"')}</KeyContainer>`));

    expect(tokens.map(({ problem }) => problem)).toEqual([
      'The secret key has 32 bits. Between 80 and 1024 are possible.',
      null,
      'Codes in the form ALPHANUMERIC are not supported, only decimal ones.',
    ]);
    expect(tokens[1]?.facts).toEqual({
      serial: 'T1',
      manufacturer: 'Acme',
      model: 'c200',
      kind: 'totp',
      algorithm: 'SHA256',
      digits: 6,
      interval: 60,
      startsAt: Date.UTC(2026, 4, 1),
      expiresAt: Date.UTC(2031, 4, 1),
    });
  });
});

describe('a CSV file', () => {
  it.each([
    ['commas', `serial number,secret key,time interval,manufacturer,model\r\nA1,${base32},60,Acme,c200\r\n`],
    [
      'semicolons, BOM and quotes',
      `\ufeff"Serial Number";"Secret Key";"Time Interval";Manufacturer;Model\n"A1";"${base32.toLowerCase()}====";60;Acme;c200`,
    ],
    ['tabs and hexadecimal', 'serial\tsecret\tinterval\tmanufacturer\tmodel\nA1\t3132333435363738393031323334353637383930\t60\tAcme\tc200'],
    [
      'the columns of the cloud',
      `upn,serial number,secret key,time interval,manufacturer,model\nanna@x.example,A1,${base32.match(/.{4}/g)?.join(' ')},60,Acme,c200`,
    ],
  ])('is read with %s', (_, text) => {
    const { tokens } = read(text);

    expect(tokens).toMatchObject([{ row: 2, serial: 'A1', secret: seed, problem: null }]);
    expect(tokens[0]?.facts).toMatchObject({ interval: 60, manufacturer: 'Acme', model: 'c200', kind: 'totp' });
  });

  it('is read as UTF-16 and as Windows-1252', () => {
    const text = `serial,secret,manufacturer\nA1,${base32},Müller`;
    for (const bytes of [Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(text, 'latin1')])
      expect(readTokenFile(bytes, null).tokens[0]?.facts.manufacturer).toBe('Müller');
  });

  it('names row and column of each error and reads the other rows', () => {
    const { tokens } = read(
      [
        'serial,secret,interval,expires',
        `A1,${base32},30,2031-01-31`,
        `A2,${base32.replace('Y3', 'Y0')},30,`,
        `A3,${base32},5,`,
        `A4,${base32},30,31/01/2031`,
        `A5,${base32}`,
        `,${base32},30,`,
        'A7,,30,',
        `"A""8",${base32},30,2031-02-30`,
      ].join('\n'),
    );

    expect(tokens.map(({ row, serial, problem }) => [row, serial, problem])).toEqual([
      [2, 'A1', null],
      [3, 'A2', 'Column secret: Character 11 of the secret key, “0”, is not Base32 (A to Z, 2 to 7). Perhaps the letter O is meant.'],
      [4, 'A3', 'Column interval: a whole number from 10 to 600 is needed.'],
      [5, 'A4', 'Column expires: a date such as 2027-01-31 is needed.'],
      [6, 'A5', 'The line has 2 fields; the header has 4.'],
      [7, '', 'The serial number is missing.'],
      [8, 'A7', 'Column secret: The secret key is missing.'],
      [9, 'A"8', 'Column expires: a date such as 2027-01-31 is needed.'],
    ]);
    expect(JSON.stringify(tokens.map(({ problem }) => problem))).not.toContain(base32.slice(0, 8));
  });

  it.each([
    ['without header', `A1,${base32},60`, /header row names no column for: serial number, secret key/],
    ['with NUL', `serial,secret\nA1,\0${base32}`, /NUL character in line 2/],
    ['with open quotes', `serial,secret\n"A1,${base32}`, /quotation marks/],
    ['with only a header', 'serial,secret\n', /holds no tokens/],
    ['that is empty', '', /empty/],
  ])('%s is refused', (_, text, said) => {
    expect(() => read(text)).toThrow(said);
  });
});
