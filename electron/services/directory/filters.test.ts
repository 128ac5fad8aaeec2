import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../shared/contract/errors.ts';
import { allOf, containsText, filterOf } from './filters.ts';
import { parseFilter } from '../../../shared/directory/filterSyntax.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('parsing a filter', () => {
  it.each([
    ['(cn=a)', { kind: 'equal', attribute: 'cn', value: bytes('a') }],
    ['cn=a', { kind: 'equal', attribute: 'cn', value: bytes('a') }],
    ['(cn=)', { kind: 'equal', attribute: 'cn', value: bytes('') }],
    ['(cn=*)', { kind: 'present', attribute: 'cn' }],
    ['(cn=a*b**c)', { kind: 'substrings', attribute: 'cn', initial: bytes('a'), any: [bytes('b')], final: bytes('c') }],
    ['(cn=\\2a\\c3\\bc)', { kind: 'equal', attribute: 'cn', value: bytes('*ü') }],
    ['(objectGUID=\\ff\\00)', { kind: 'equal', attribute: 'objectGUID', value: Uint8Array.of(255, 0) }],
    ['(cn;lang-de>=a)', { kind: 'greaterOrEqual', attribute: 'cn;lang-de', value: bytes('a') }],
    ['(2.5.4.3~=a)', { kind: 'approximately', attribute: '2.5.4.3', value: bytes('a') }],
    [
      '(groupType:1.2.840.113556.1.4.804:=-2147483648)',
      { kind: 'extensible', attribute: 'groupType', rule: '1.2.840.113556.1.4.804', withDn: false, value: bytes('-2147483648') },
    ],
    ['(cn:dn:caseExactMatch:=a)', { kind: 'extensible', attribute: 'cn', rule: 'caseExactMatch', withDn: true, value: bytes('a') }],
    [
      '( & (a=1)\n (!(b=2)) )',
      {
        kind: 'and',
        parts: [
          { kind: 'equal', attribute: 'a', value: bytes('1') },
          { kind: 'not', part: { kind: 'equal', attribute: 'b', value: bytes('2') } },
        ],
      },
    ],
  ])('understands %s', (text, expected) => {
    expect(parseFilter(text)).toEqual(expected);
  });

  it.each([
    ['', 0],
    ['(cn=a', 0],
    ['(&(cn=a)', 0],
    ['(cn=a))', 6],
    ['(cn=a)(sn=b)', 6],
    ['cn=a)', 4],
    ['(&)', 2],
    ['(!cn=a)', 2],
    ['(cn)', 3],
    ['(=a)', 1],
    ['(cn=a\\zz)', 5],
    ['(cn=(a)', 4],
    ['(cn>=a*)', 6],
    ['(cn=a\0)', 5],
    ['(&(cn=a)x(sn=b))', 8],
    [`${'(!'.repeat(70)}(a=b)${')'.repeat(70)}`, 130],
  ])('refuses %j and says where', (text, position) => {
    const error = (() => {
      try {
        return parseFilter(text);
      } catch (thrown) {
        return thrown;
      }
    })();

    expect(isAppError(error, 'filter-malformed') && error.details).toMatchObject({ position, filter: text });
  });
});

describe('building a filter', () => {
  it('escapes every value, so that none of them can add a condition', () => {
    const nasty = 'a*)(uid=*))(|(uid=*\\\0ü';

    expect(filterOf`(cn=${nasty})`).toBe('(cn=a\\2a\\29\\28uid=\\2a\\29\\29\\28|\\28uid=\\2a\\5c\\00ü)');
    expect(parseFilter(filterOf`(cn=${nasty})`)).toEqual({ kind: 'equal', attribute: 'cn', value: bytes(nasty) });
  });

  it('keeps any bytes', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);

    expect(parseFilter(filterOf`(objectGUID=${all})`)).toEqual({ kind: 'equal', attribute: 'objectGUID', value: all });
  });

  it('survives whatever is searched for', () => {
    for (let round = 0; round < 500; round += 1) {
      const text = Array.from({ length: 12 }, () =>
        String.fromCharCode('*()\\\0&|!=<>~: aZ\u00fc\u202e\u{1f600}'.charCodeAt((Math.random() * 20) | 0)),
      ).join('');
      const value = text.replace(/[\ud800-\udfff]/g, '');

      expect(parseFilter(filterOf`(cn=${value})`)).toEqual({ kind: 'equal', attribute: 'cn', value: bytes(value) });
    }
  });

  it('joins what was typed only after reading it', () => {
    expect(allOf('objectClass=user', '', '(cn=a)')).toBe('(&(objectClass=user)(cn=a))');
    expect(allOf('', ' ')).toBe('(objectClass=*)');
    expect(() => allOf('(objectClass=user)', '(cn=a))(|(cn=*)')).toThrow('position');
  });

  it('looks for text in each attribute once', () => {
    expect(containsText(['cn', 'CN', '', 'mail'], ' a*b ')).toBe('(|(cn=*a\\2ab*)(mail=*a\\2ab*))');
    expect(containsText(['cn'], '  ')).toBe('');
  });
});
