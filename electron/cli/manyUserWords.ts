import type { ManyChanges, UserChanges } from '../../shared/contract/userCommands.ts';
import { modesOf } from '../../shared/contract/users.contract.ts';
import { joinChanges, readWord, userWords } from './userWords.ts';
import { UsageError } from './verb.ts';

/** Of the settings of one user those that many may share. */
const shared = Object.keys(userWords).filter(
  (name) => !['first', 'last', 'email', 'description', 'phone', 'country', 'ext', 'backup', 'backup-country', 'backup-ext'].includes(name),
);

/** All that `--set` takes, for the help. */
export const manyUserWords: readonly string[] = [
  ...shared.map((name) => `${name}=${userWords[name]?.values ?? ''}`),
  'method=company',
  'pin=initial|none',
];

/** Reads the values of `--set`: `FIELD=VALUE` each. Throws UsageError. */
export function readManyChanges(assignments: readonly string[]): ManyChanges {
  let pin: ManyChanges['pin'];
  let isCompanyMethod = false;
  const parts: UserChanges[] = [];
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    if (at < 1) throw new UsageError(`--set takes FIELD=VALUE, not "${assignment}".`);
    const [name, value] = [assignment.slice(0, at), assignment.slice(at + 1)];
    if (name === 'pin') pin = readPin(value);
    else if (name === 'method' && value === 'company') isCompanyMethod = true;
    else if (shared.includes(name)) parts.push(readWord(name, value));
    else throw new UsageError(`--set cannot change "${name}" of many users. Settings: ${[...shared, 'pin'].join(', ')}.`);
  }
  const { method, mode, ...changes } = joinChanges(parts);
  return { ...(changes as ManyChanges), ...readMethod(method, mode, isCompanyMethod), ...(pin && { pin }) };
}

function readPin(value: string): 'initial' | 'none' {
  if (value === 'initial' || value === 'none') return value;
  throw new UsageError('pin takes initial (a random PIN for each user, to be mailed and changed) or none.');
}

function readMethod(method: UserChanges['method'], mode: UserChanges['mode'], isCompanyMethod: boolean): Pick<ManyChanges, 'method'> {
  if (isCompanyMethod) {
    if (method !== undefined || mode !== undefined) throw new UsageError('method=company stands for a method and its mode; give no other.');
    return { method: 'company' };
  }
  if (method === undefined) {
    if (mode !== undefined) throw new UsageError('Give the method together with its mode, since the users may have others.');
    return {};
  }
  return { method: { method, mode: mode ?? modesOf[method][0] } };
}
