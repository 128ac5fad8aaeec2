import { AppError } from '../../../shared/contract/errors.ts';
import { tokenTextLimit, type TokenFacts } from '../../../shared/contract/tokens.contract.ts';
import type { StoredFacts } from './tokenPorts.ts';

const usualInterval = 30;

/** What is wrong with a token's text or dates, as a sentence; undefined when nothing is. */
export function factsProblem(facts: Partial<StoredFacts>): { field: keyof StoredFacts; text: string } | undefined {
  const names = { serial: 'serial number', manufacturer: 'manufacturer', model: 'model' } as const;
  for (const field of ['serial', 'manufacturer', 'model'] as const) {
    const text = facts[field];
    if (text === undefined) continue;
    if (text.length > tokenTextLimit)
      return { field, text: `The ${names[field]} has ${text.length} characters. At most ${tokenTextLimit} are possible.` };
    if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) return { field, text: `The ${names[field]} contains a control character.` };
  }
  if (facts.serial === '') return { field: 'serial', text: 'The serial number is missing.' };
  const { startsAt, expiresAt } = facts;
  if (typeof startsAt === 'number' && typeof expiresAt === 'number' && startsAt >= expiresAt)
    return { field: 'expiresAt', text: 'The token expires before it starts.' };
  return undefined;
}

/** Throws AppError `invalid-input` with the first problem. */
export function checkFacts(facts: Partial<StoredFacts>): void {
  const problem = factsProblem(facts);
  if (problem) throw new AppError('invalid-input', problem.text, { details: { field: problem.field } });
}

/** As it is kept: text trimmed, and a HOTP token without interval. What is absent stays absent. */
export function tidyFacts<Facts extends Partial<TokenFacts>>(facts: Facts): Facts {
  return {
    ...facts,
    ...(facts.serial !== undefined && { serial: facts.serial.trim() }),
    ...(facts.manufacturer !== undefined && { manufacturer: facts.manufacturer.trim() }),
    ...(facts.model !== undefined && { model: facts.model.trim() }),
    ...(facts.kind === 'hotp' && { interval: 0 }),
    ...(facts.kind === 'totp' && { interval: facts.interval || usualInterval }),
  };
}
