import { describe, expect, it } from 'vitest';
import {
  flagFields,
  languageFields,
  methodValues,
  missingValues,
  textFields,
  textTests,
  timeFields,
  userFilter,
} from '../contract/userFilter.ts';
import type { UserCondition } from '../contract/userFilter.ts';
import { formatUserFilter, parseUserFilter, savedFilterName } from './filterText.ts';
import { parseMoment } from './filterTime.ts';

function conditions(text: string): readonly UserCondition[] {
  const parsed = parseUserFilter(text);
  if ('error' in parsed) throw new Error(`${parsed.error.message} (${parsed.error.position})`);
  return parsed.filter.conditions;
}

const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();

describe('a filter in text', () => {
  it.each<[string, object]>([
    ['enabled:no', { kind: 'flag', field: 'enabled', is: false }],
    ['-enabled:no', { kind: 'flag', field: 'enabled', is: true }],
    ['Must-Change-PIN:Yes', { kind: 'flag', field: 'mustChangePin', is: true }],
    ['hasPin:yes', { kind: 'flag', field: 'hasPin', is: true }],
    ['method:text', { kind: 'method', not: false, values: ['text'] }],
    ['-method:text/two-way-otp,call', { kind: 'method', not: true, values: ['text/two-way-otp', 'call'] }],
    ['group:"Sales Team"', { kind: 'text', field: 'userGroup', test: 'is', values: ['Sales Team'] }],
    [`group:'Sales Team',"R ""and"" D",IT`, { kind: 'text', field: 'userGroup', test: 'is', values: ['Sales Team', 'R "and" D', 'IT'] }],
    ['phone:none', { kind: 'text', field: 'phone', test: 'empty', values: [] }],
    ['-phone:none', { kind: 'text', field: 'phone', test: 'not-empty', values: [] }],
    ['backup:any', { kind: 'text', field: 'backupPhone', test: 'not-empty', values: [] }],
    ['group:"none"', { kind: 'text', field: 'userGroup', test: 'is', values: ['none'] }],
    ['email~contoso.com', { kind: 'text', field: 'email', test: 'contains', values: ['contoso.com'] }],
    ['-email~contoso', { kind: 'text', field: 'email', test: 'contains-not', values: ['contoso'] }],
    ["last:O'Brien", { kind: 'text', field: 'lastName', test: 'is', values: ["O'Brien"] }],
    ['username:adm*,svc*', { kind: 'text', field: 'username', test: 'starts-with', values: ['adm', 'svc'] }],
    ['-username:"a b"*', { kind: 'text', field: 'username', test: 'starts-with-not', values: ['a b'] }],
    ['dn~OU=Sales,DC=corp', { kind: 'text', field: 'dn', test: 'contains', values: ['OU=Sales,DC=corp'] }],
    ['username:CORP\\anna', { kind: 'text', field: 'username', test: 'is', values: ['CORP\\anna'] }],
    ['tag:vip', { kind: 'tag', not: false, values: ['vip'] }],
    ['-tag:vip,pilot', { kind: 'tag', not: true, values: ['vip', 'pilot'] }],
    ['tag:none', { kind: 'tag', not: false, values: [] }],
    ['-tag:any', { kind: 'tag', not: false, values: [] }],
    ['missing:pin,phone', { kind: 'missing', not: false, values: ['pin', 'phone'] }],
    ['language-text:de,default', { kind: 'language', field: 'languageText', not: false, values: ['de', ''] }],
    ['-origin:import', { kind: 'origin', is: 'manual' }],
    ['updated:7d', { kind: 'time', field: 'updatedAt', not: false, days: 7 }],
    ['-imported:30d', { kind: 'time', field: 'importedAt', not: true, days: 30 }],
    ['pin-set:never', { kind: 'time', field: 'pinSetAt', not: false, never: true }],
    ['updated>=2026-01-01', { kind: 'time', field: 'updatedAt', not: false, after: day(2026, 1, 1) }],
    ['updated>2026-01-01', { kind: 'time', field: 'updatedAt', not: false, after: day(2026, 1, 2) }],
    ['created<2026-03-01', { kind: 'time', field: 'createdAt', not: false, before: day(2026, 3, 1) }],
    ['created<=2026-02-28', { kind: 'time', field: 'createdAt', not: false, before: day(2026, 3, 1) }],
    ['created:2026-02-28', { kind: 'time', field: 'createdAt', not: false, after: day(2026, 2, 28), before: day(2026, 3, 1) }],
    ['created:2026-01-01..2026-01-31', { kind: 'time', field: 'createdAt', not: false, after: day(2026, 1, 1), before: day(2026, 2, 1) }],
    ['created>=2026-01-01T10:30:00Z', { kind: 'time', field: 'createdAt', not: false, after: Date.UTC(2026, 0, 1, 10, 30) }],
  ])('%s', (text, expected) => {
    expect(conditions(text)).toEqual([expected]);
  });

  it('holds when all conditions hold, or with any(…) when one does', () => {
    expect(parseUserFilter(' enabled:no  tag:vip ')).toMatchObject({ filter: { match: 'all', conditions: [{}, {}] } });
    expect(parseUserFilter('any( enabled:no tag:vip )')).toMatchObject({ filter: { match: 'any', conditions: [{}, { values: ['vip'] }] } });
    expect(parseUserFilter('')).toEqual({ filter: { match: 'all', conditions: [] } });
  });

  it.each<[string, number, RegExp]>([
    ['miller', 6, /use the search/],
    ['enabled:no miller enabled:yes', 17, /use the search/],
    ['enabled:', 8, /value/],
    ['enabled:maybe', 8, /yes, no/],
    ['enabled:yes,no', 12, /one value/],
    ['enabled~y', 0, /“:” only/],
    ['colour:red', 0, /no field “colour”.*username.*tag/],
    ['group:"Sales', 6, /never closed/],
    ['group:"Sales"Team', 13, /blank or a comma/],
    ['group:a,', 8, /value/],
    ['group:none,Sales', 6, /stands alone/],
    ['username:*adm', 9, /username~TEXT/],
    ['username:adm*,root', 14, /or none/],
    ['email~adm*', 6, /“\*”/],
    ['phone:(425)', 6, /quotes|value/],
    ['method:fax', 7, /text\/two-way-otp/],
    ['updated>yesterday', 8, /2026-01-31/],
    ['updated:2026-02-30', 8, /2026-01-31/],
    ['updated>7d', 8, /2026-01-31/],
    ['updated:0d', 0, /too/],
    ['any(enabled:no', 0, /never closed/],
    ['any(enabled:no) tag:vip', 16, /may follow/],
    ['enabled:no any(tag:vip)', 14, /“:”/],
    ['- enabled:no', 1, /condition/],
    ['enabled:no )', 11, /condition/],
    ['saved:x enabled:no', 0, /stand alone/],
    [`tag:${Array.from({ length: 65 }, (_, index) => index).join(',')}`, 0, /too many/],
    [Array.from({ length: 33 }, () => 'tag:a').join(' '), 32 * 6, /32/],
  ])('%s is refused at its place', (text, position, message) => {
    const parsed = parseUserFilter(text);

    expect(parsed).toMatchObject({ error: { position } });
    expect('error' in parsed && parsed.error.message).toMatch(message);
  });

  it('names a saved filter', () => {
    expect(savedFilterName(' saved:"No ""PIN"" yet" ')).toBe('No "PIN" yet');
    expect(savedFilterName('saved:Sales Team')).toBe('Sales Team');
    expect(savedFilterName('group:saved')).toBeNull();
  });
});

describe('what is written', () => {
  const pieces = [
    'a',
    ' ',
    ',',
    '"',
    "'",
    '(',
    ')',
    '*',
    '\\',
    ':',
    '~',
    '-',
    'none',
    'any',
    'default',
    'ü',
    '😀',
    '\n',
    '\0',
    '>',
    '=',
    '\ud800',
    '..',
    '7d',
  ];
  let state = 11;
  const random = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const pick = <T>(choices: readonly T[]): T => choices[random(choices.length)] as T;
  const text = () => Array.from({ length: random(5) }, () => pick(pieces)).join('');
  const list = <T>(make: () => T, least = 1) => Array.from({ length: least + random(3) }, make);
  const instant = () => (random(2) === 0 ? random(2 ** 31) * 2000 : day(1970 + random(200), 1 + random(12), 1 + random(28)));

  function invent(): UserCondition {
    const not = random(2) === 0;
    switch (pick(['text', 'text', 'text', 'flag', 'method', 'missing', 'tag', 'language', 'origin', 'time', 'time'] as const)) {
      case 'text': {
        const test = pick(textTests);
        return { kind: 'text', field: pick(textFields), test, values: test.endsWith('empty') ? [] : list(text) };
      }
      case 'flag':
        return { kind: 'flag', field: pick(flagFields), is: not };
      case 'method':
        return { kind: 'method', not, values: list(() => pick(methodValues)) };
      case 'missing':
        return { kind: 'missing', not, values: list(() => pick(missingValues)) };
      case 'tag':
        return { kind: 'tag', not, values: list(text, 0) };
      case 'language':
        return { kind: 'language', field: pick(languageFields), not, values: list(() => text().slice(0, 16)) };
      case 'origin':
        return { kind: 'origin', is: pick(['import', 'manual']) };
      case 'time': {
        const field = pick(timeFields);
        const which = random(5);
        if (which === 0) return { kind: 'time', field, not, never: true };
        if (which === 1) return { kind: 'time', field, not, days: 1 + random(400) };
        if (which === 2) return { kind: 'time', field, not, after: instant() };
        if (which === 3) return { kind: 'time', field, not, before: instant() };
        return { kind: 'time', field, not, after: instant(), before: instant() };
      }
    }
  }

  it('is read back as the same filter, whatever is in it', () => {
    for (let round = 0; round < 5_000; round++) {
      const filter = userFilter.parse({ match: pick(['all', 'any'] as const), conditions: list(invent, 0) });
      const written = formatUserFilter(filter);

      expect([written, parseUserFilter(written)]).toEqual([written, { filter }]);
    }
  });

  it('is short where it can be', () => {
    const same = [
      'enabled:no method:text/two-way-otp group:"Sales Team",IT email~contoso.com phone:none -tag:pilot updated:7d missing:pin',
      'created:2026-01-01..2026-01-31 updated>=2026-01-01 -imported:30d dn~OU=Sales,DC=corp username:adm*',
      'any(tag:none language-call:default)',
    ];

    for (const each of same)
      expect(formatUserFilter({ match: each.startsWith('any') ? 'any' : 'all', conditions: [...conditions(each)] })).toBe(each);
  });

  it('survives days that do not begin at midnight or do not exist', () => {
    expect(parseMoment('2026-02-29')).toBeNull();
    expect(parseMoment('2024-02-29')).toEqual({ from: day(2024, 2, 29), to: day(2024, 3, 1) });
    expect(parseMoment('2026-01-31T25:00')).toBeNull();
  });

  it('never throws, whatever is typed', () => {
    for (let round = 0; round < 5_000; round++) {
      const typed = list(() => pick([...pieces, 'group', 'enabled:no', 'any(', 'tag:', 'updated']), 0).join('');
      expect(parseUserFilter(typed)).toBeTypeOf('object');
    }
  });
});
