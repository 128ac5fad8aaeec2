import { describe, expect, it } from 'vitest';
import { LdifError, parseLdif } from './ldif.ts';

const read = (text: string) =>
  parseLdif(text).map(({ dn, attributes }) => [dn, ...attributes.map(({ name, value }) => `${name}=${value.toString('utf8')}`)]);

describe('the LDIF reader', () => {
  it('reads records with folded lines, comments, base64 and Windows line ends', () => {
    const text = 'version: 1\r\n# A comment\r\n  that goes on\r\n\r\ndn:: Q049w5Z6,DC=x'.replace('Q049w5Z6,DC=x', 'Q049w5Z6LERDPXg=');
    expect(read(`${text}\r\ncn: Oz\r\n wald\r\n# between\r\nsn:: w5Z6\r\nempty:\r\n\r\n\r\ndn: DC=y\r\ndc: y`)).toEqual([
      ['CN=Öz,DC=x', 'cn=Ozwald', 'sn=Öz', 'empty='],
      ['DC=y', 'dc=y'],
    ]);
  });

  it('keeps bytes that are no text', () => {
    expect(parseLdif('dn: DC=x\nphoto:: /wD+')[0]?.attributes[0]?.value).toEqual(Buffer.of(0xff, 0, 0xfe));
  });

  it.each([
    ['a record without a dn', 'cn: x', 1],
    ['a line without a colon', 'dn: DC=x\nnonsense', 2],
    ['base64 that is none', 'dn: DC=x\n\ndn: DC=y\nphoto:: !!', 4],
    ['a value from a file', 'dn: DC=x\nphoto:< file:///etc/passwd', 2],
    ['a change record', 'dn: DC=x\nchangetype: delete', 2],
  ])('names the line of %s', (_name, text, line) => {
    expect(() => parseLdif(text)).toThrow(expect.objectContaining({ name: LdifError.name, line }) as Error);
  });
});
