import { AppError } from '../../../shared/contract/errors.ts';
import type { UserFields, UserField } from '../../../shared/users/userFields.ts';
import type { TagChange } from './userWriter.ts';

/** Fields that mean something only together: who changes one of them has looked at the others. */
const together: readonly (readonly UserField[])[] = [
  ['phone', 'phoneValid', 'extension'],
  ['backupPhone', 'backupPhoneValid', 'backupExtension'],
  ['method', 'mode'],
];

const groupOf = (field: UserField): readonly UserField[] => together.find((group) => group.includes(field)) ?? [field];

export interface Edit {
  /** What is wanted, settled. */
  readonly wanted: Partial<UserFields>;
  /** What the administrator saw when he began; only what he says. */
  readonly base: Partial<UserFields>;
  /** The user as he is now. */
  readonly current: UserFields;
}

/**
 * What is to be written: fields that the administrator changed, as far as they are not so already. Where somebody else has
 * meanwhile changed the same to something else, AppError `changed-meanwhile` names the fields.
 */
export function mergeEdit({ wanted, base, current }: Edit): Partial<UserFields> {
  const fields = (Object.keys(wanted) as UserField[]).filter((field) => wanted[field] !== base[field] && wanted[field] !== current[field]);
  const movedOn = (field: UserField): boolean => base[field] !== undefined && base[field] !== current[field];
  const contested = fields.filter((field) => groupOf(field).some(movedOn));
  if (contested.length > 0) {
    throw new AppError('changed-meanwhile', 'Somebody else changed the same fields of this user in the meantime.', {
      details: { fields: contested.filter((field) => !field.endsWith('Valid')).join(', ') },
    });
  }
  return Object.fromEntries(fields.map((field) => [field, wanted[field]]));
}

/** Tags are a set: what was added and taken away is applied to those of now, so two edits never contradict each other. */
export function mergeTags(
  wanted: readonly number[] | undefined,
  base: readonly number[] | undefined,
  current: readonly number[],
): TagChange {
  if (wanted === undefined) return { add: [], remove: [] };
  const seen = base ?? current;
  return {
    add: wanted.filter((tag) => !seen.includes(tag) && !current.includes(tag)),
    remove: seen.filter((tag) => !wanted.includes(tag) && current.includes(tag)),
  };
}
