import { isSameValue, userValueNames, type UserValue, type UserValues } from './userValues.ts';

/** What becomes of one administrator's changes when somebody else has changed the same user. */
export interface Merged {
  /** Theirs, with mine on top. In a conflict mine stands until somebody decides. */
  readonly values: UserValues;
  /** Changed by both, to different values. */
  readonly conflicts: readonly UserValue[];
  /** Changed by them alone. */
  readonly taken: readonly UserValue[];
}

/** Values that mean something only together: who has changed one of them has looked at the other. The service has the same. */
const together: readonly (readonly UserValue[])[] = [
  ['phone', 'extension'],
  ['backupPhone', 'backupExtension'],
];

/**
 * A three-way merge of settings. Tags never conflict: who adds one and who removes another both get what they want.
 */
export function mergeValues(before: UserValues, mine: UserValues, theirs: UserValues): Merged {
  const values: Record<string, unknown> = { ...theirs };
  const conflicts: UserValue[] = [];
  const taken: UserValue[] = [];
  for (const name of userValueNames) {
    const isTheirs = !isSameValue(before, theirs, name);
    if (name === 'tags') {
      values['tags'] = mergeTags(before.tags, mine.tags, theirs.tags);
      if (isTheirs) taken.push(name);
      continue;
    }
    const group = together.find((names) => names.includes(name)) ?? [name];
    const isMine = group.some((one) => !isSameValue(before, mine, one));
    const isContested = isMine && group.some((one) => !isSameValue(before, theirs, one));
    if (isMine) values[name] = mine[name];
    if (isSameValue(mine, theirs, name)) continue;
    if (isContested) conflicts.push(name);
    else if (isTheirs) taken.push(name);
  }
  return { values: values as unknown as UserValues, conflicts, taken };
}

/** The values with some of them as they are in another state. */
export function withValues(values: UserValues, from: UserValues, names: readonly UserValue[]): UserValues {
  return { ...values, ...Object.fromEntries(names.map((name) => [name, from[name]])) };
}

function mergeTags(before: readonly number[], mine: readonly number[], theirs: readonly number[]): readonly number[] {
  const added = mine.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !mine.includes(id));
  return [...new Set([...theirs, ...added])].filter((id) => !removed.includes(id)).toSorted((a, b) => a - b);
}
