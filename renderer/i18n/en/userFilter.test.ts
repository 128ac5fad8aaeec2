import { expect, it } from 'vitest';
import { parseUserFilter } from '../../../shared/users/filterText.ts';
import { conditionText } from './userFilter.ts';

it.each([
  ['group:"Sales Team",IT', 'User group is “Sales Team” or “IT”'],
  ['-email~contoso', 'Email address does not contain “contoso”'],
  ['username:adm*', 'Username begins with “adm”'],
  ['phone:none', 'Phone is empty'],
  ['enabled:no', 'Disabled'],
  ['pin-expired:yes', 'PIN has expired'],
  ['method:text', 'Method is Text message'],
  ['-method:text/two-way-otp,call', 'Method is not Text message (Two-Way, OTP) or Phone call'],
  ['method:call/standard,oath/token', 'Method is Phone call (Standard) or OATH token'],
  ['missing:phone,pin', 'Lacks Phone number or PIN'],
  ['tag:vip', 'Tag “vip”'],
  ['-tag:vip', 'Without tag “vip”'],
  ['tag:none', 'Has no tag'],
  ['tag:any', 'Has a tag'],
  ['language-text:de,default', 'Text message language is de or Default of this server'],
  ['origin:manual', 'Added by an administrator'],
  ['updated:7d', 'Updated in the last 7 days'],
  ['-imported:30d', 'Imported not in the last 30 days'],
  ['imported:never', 'Not yet imported'],
  ['pin-set:never', 'Not yet PIN set'],
  ['created>=2026-01-31', 'Created since Jan 31, 2026'],
  ['created<2026-01-31', 'Created before Jan 31, 2026'],
  ['created:2026-01-01..2026-01-31', 'Created from Jan 1, 2026 to Jan 31, 2026'],
])('says %s in words', (text, words) => {
  const parsed = parseUserFilter(text);

  expect('filter' in parsed && parsed.filter.conditions.map(conditionText)).toEqual([words]);
});
