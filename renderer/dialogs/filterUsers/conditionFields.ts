import {
  flagFields,
  languageFields,
  textFields,
  timeFields,
  userCondition,
  type UserCondition,
} from '../../../shared/contract/userFilter.ts';
import { filterDialogText as text, flagTexts, languageNames, textFieldNames, timeFieldNames } from '../../i18n/en/userFilter.ts';

type Of<Kind extends UserCondition['kind']> = Extract<UserCondition, { kind: Kind }>;

/** What a condition is about: its kind, and the field where there are several. `text:email`, `method`. */
export type ConditionField = string;

/** The fields in groups, as they are offered. */
export const fieldGroups: readonly {
  readonly label: string;
  readonly fields: readonly { readonly value: ConditionField; readonly label: string }[];
}[] = [
  { label: text.groups.text, fields: textFields.map((field) => ({ value: `text:${field}`, label: textFieldNames[field] })) },
  {
    label: text.groups.state,
    fields: [
      ...flagFields.map((field) => ({ value: `flag:${field}`, label: text.flagField(...flagTexts[field]) })),
      { value: 'origin', label: text.fields.origin },
    ],
  },
  {
    label: text.groups.method,
    fields: (['method', 'missing', 'tag'] as const).map((kind) => ({ value: kind, label: text.fields[kind] })),
  },
  { label: text.groups.language, fields: languageFields.map((field) => ({ value: `language:${field}`, label: languageNames[field] })) },
  { label: text.groups.time, fields: timeFields.map((field) => ({ value: `time:${field}`, label: timeFieldNames[field] })) },
];

export function fieldOf(condition: UserCondition): ConditionField {
  return 'field' in condition ? `${condition.kind}:${condition.field}` : condition.kind;
}

/** What stands there when a field is chosen; text and tags are still to be given. */
export function firstCondition(chosen: ConditionField): UserCondition {
  const [kind = '', field = ''] = chosen.split(':');
  switch (kind as UserCondition['kind']) {
    case 'text':
      return { kind: 'text', field: field as Of<'text'>['field'], test: 'contains', values: [] };
    case 'flag':
      return { kind: 'flag', field: field as Of<'flag'>['field'], is: true };
    case 'method':
      return { kind: 'method', not: false, values: ['call'] };
    case 'missing':
      return { kind: 'missing', not: false, values: ['phone'] };
    case 'tag':
      return { kind: 'tag', not: true, values: [] };
    case 'language':
      return { kind: 'language', field: field as Of<'language'>['field'], not: false, values: ['en'] };
    case 'origin':
      return { kind: 'origin', is: 'import' };
    case 'time':
      return { kind: 'time', field: field as Of<'time'>['field'], not: false, days: 7 };
  }
}

export const isComplete = (condition: UserCondition): boolean => userCondition.safeParse(condition).success;
