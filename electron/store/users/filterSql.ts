import type { DatabaseSync } from 'node:sqlite';
import type { UserCondition } from '../../../shared/contract/userFilter.ts';
import { fold } from '../../../shared/lib/fold.ts';
import type { UserSelection } from '../../services/users/userReader.ts';
import { digitsOf, foldedSql } from './userConnection.ts';

type ConditionOf<Kind extends UserCondition['kind']> = Extract<UserCondition, { kind: Kind }>;

/** A condition on tags, whose names were looked up: `ids` of none that exists finds nobody. Null: any tag. */
interface TagCondition {
  readonly kind: 'tag';
  readonly not: boolean;
  readonly ids: readonly number[] | null;
}

type StoredCondition = Exclude<UserCondition, { kind: 'tag' }> | TagCondition;

/** A filter that depends on nothing but the users' rows and what belongs to them. */
export interface StoredFilter {
  readonly match: 'all' | 'any';
  readonly conditions: readonly StoredCondition[];
  readonly now: number;
  readonly pinExpirationDays: number;
}

/** A selection as the threads that read users give it to each other. */
export interface StoredSelection extends Omit<UserSelection, 'filter'> {
  readonly filter?: StoredFilter | undefined;
}

export interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** Looks up the tags that a selection names, so that what was found for it cannot outlive another tag of that name. */
export function settled(database: DatabaseSync, { search, importJobId, filter }: UserSelection): StoredSelection {
  if (!filter || filter.conditions.length === 0) return { search, importJobId };
  const conditions = filter.conditions.map((condition) => (condition.kind === 'tag' ? tagsOf(database, condition) : condition));
  return { search, importJobId, filter: { ...filter, conditions } };
}

function tagsOf(database: DatabaseSync, { not, values }: ConditionOf<'tag'>): TagCondition {
  if (values.length === 0) return { kind: 'tag', not: !not, ids: null };
  const names = new Set(values.map(storedFold));
  const tags = database.prepare('SELECT id, name FROM tags ORDER BY id').all() as { id: number; name: string }[];
  return { kind: 'tag', not, ids: tags.filter(({ name }) => names.has(fold(name))).map(({ id }) => id) };
}

/** Half characters; SQLite stores them as U+FFFD. */
const loneSurrogates = /[\ud800-\udfff]/gu;
/** As stored text looks when it is folded. */
export const storedFold = (text: string) => fold(text.replaceAll(loneSurrogates, '\ufffd'));

/** A condition on table `users`: exactly those whom the filter finds. Needs `addUserFunctions`. */
export function filterCondition(filter: StoredFilter): SqlCondition {
  const parts = filter.conditions.map((condition) => conditionOf(condition, filter));
  return {
    sql: `(${parts.map(({ sql }) => sql).join(filter.match === 'all' ? ' AND ' : ' OR ')})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function conditionOf(condition: StoredCondition, filter: StoredFilter): SqlCondition {
  switch (condition.kind) {
    case 'text':
      return textCondition(condition);
    case 'flag':
      return negated(flagCondition(condition.field, filter), !condition.is);
    case 'method':
      return negated(anyOf(condition.values.map(methodCondition)), condition.not);
    case 'missing':
      return negated(anyOf(condition.values.map((what) => literal(missingSql[what]))), condition.not);
    case 'tag':
      return negated(literal(tagSql(condition.ids)), condition.not);
    case 'language': {
      const values = condition.values.map(storedFold);
      return negated(
        { sql: `lower(users.${languageColumns[condition.field]}) IN (${values.map(() => '?').join(', ')})`, parameters: values },
        condition.not,
      );
    }
    case 'origin':
      return literal(`(users.directory_id IS ${condition.is === 'import' ? 'NOT NULL' : 'NULL'})`);
    case 'time':
      return negated(timeCondition(condition, filter.now), condition.not);
  }
}

const literal = (sql: string): SqlCondition => ({ sql, parameters: [] });
const negated = ({ sql, parameters }: SqlCondition, not: boolean): SqlCondition => ({ sql: not ? `NOT ${sql}` : sql, parameters });

function anyOf(conditions: readonly SqlCondition[]): SqlCondition {
  return { sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`, parameters: conditions.flatMap(({ parameters }) => parameters) };
}

const textColumns: Record<ConditionOf<'text'>['field'], string> = {
  username: 'username',
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  userGroup: 'user_group',
  description: 'description',
  phone: 'phone',
  backupPhone: 'backup_phone',
  dn: 'dn',
};

/** How text is compared with a parameter. */
const comparisons = {
  is: (text: string) => `${text} = ?`,
  contains: (text: string) => `instr(${text}, ?) > 0`,
  'starts-with': (text: string) => `instr(${text}, ?) = 1`,
};

function textCondition({ field, test, values }: ConditionOf<'text'>): SqlCondition {
  const column = `users.${textColumns[field]}`;
  if (test === 'empty') return literal(`${column} = ''`);
  if (test === 'not-empty') return literal(`${column} <> ''`);
  const compare = comparisons[test.replace('-not', '') as keyof typeof comparisons];
  const isPhone = field === 'phone' || field === 'backupPhone';
  const digits = `CASE WHEN ${column} GLOB '*[^0-9+]*' THEN digits(${column}) ELSE replace(${column}, '+', '') END`;
  const alternatives = values.map((value): SqlCondition => {
    const byText = { sql: compare(`(${foldedSql(column)})`), parameters: [storedFold(value)] };
    return isPhone && isNumber(value) ? anyOf([byText, { sql: compare(`(${digits})`), parameters: [digitsOf(value)] }]) : byText;
  });
  return negated(anyOf(alternatives), test.endsWith('-not'));
}

/** Written as phone numbers are, with whatever separates their groups. */
export const isNumber = (value: string) => /^[\d\s+()./-]*\d[\d\s+()./-]*$/.test(value);

const flagSql: Record<Exclude<ConditionOf<'flag'>['field'], 'pinExpired'>, string> = {
  enabled: '(users.enabled = 1)',
  complete: '(users.complete = 1)',
  hasPin: '(users.has_pin = 1)',
  mustChangePin: '(users.must_change_pin = 1)',
  phoneValid: `(users.phone <> '' AND users.phone_valid = 1)`,
  administrator: '(users.administrator = 1)',
  accountDisabled: '(users.account_disabled = 1)',
  globalServices: '(users.global_services = 1)',
};

const dayMs = 86_400_000;

function flagCondition(field: ConditionOf<'flag'>['field'], { now, pinExpirationDays }: StoredFilter): SqlCondition {
  if (field !== 'pinExpired') return literal(flagSql[field]);
  const days = 'ifnull(users.pin_expiration_days, ?)';
  return {
    sql: `(users.has_pin = 1 AND users.pin_set_at IS NOT NULL AND ${days} > 0 AND users.pin_set_at + ${days} * ${dayMs} <= ?)`,
    parameters: [pinExpirationDays, pinExpirationDays, now],
  };
}

function methodCondition(value: string): SqlCondition {
  const [method = '', mode] = value.split('/');
  if (mode === undefined) return { sql: 'users.method = ?', parameters: [method] };
  return { sql: '(users.method = ? AND users.mode = ?)', parameters: [method, mode] };
}

/** In SQL what `missingOf` in shared/users/completeness.ts says. */
const missingSql: Record<ConditionOf<'missing'>['values'][number], string> = {
  phone: `(users.method IN ('call', 'text') AND (users.phone = '' OR users.phone_valid = 0))`,
  app: `(users.method = 'app' AND users.has_app = 0)`,
  token: `(users.method = 'oath' AND users.has_token = 0)`,
  pin: `(users.method <> 'oath' AND users.has_pin = 0 AND (users.mode = 'pin' OR substr(users.mode, -4) = '-pin'))`,
};

function tagSql(ids: readonly number[] | null): string {
  const ofThese = ids === null ? '' : ` AND user_tags.tag_id IN (${ids.map(Number).join(', ')})`;
  return `EXISTS (SELECT 1 FROM user_tags WHERE user_tags.user_id = users.id${ofThese})`;
}

const languageColumns: Record<ConditionOf<'language'>['field'], string> = {
  languageCall: 'language_call',
  languageText: 'language_text',
  languageApp: 'language_app',
  languageOath: 'language_oath',
};

const timeColumns: Record<ConditionOf<'time'>['field'], string> = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  importedAt: 'imported_at',
  pinSetAt: 'pin_set_at',
};

function timeCondition({ field, after, before, days, never }: ConditionOf<'time'>, now: number): SqlCondition {
  const column = `users.${timeColumns[field]}`;
  if (never) return literal(`(${column} IS NULL)`);
  const from = days === undefined ? after : now - days * dayMs;
  const parts = [
    `${column} IS NOT NULL`,
    ...(from === undefined ? [] : [`${column} >= ?`]),
    ...(before === undefined ? [] : [`${column} < ?`]),
  ];
  return { sql: `(${parts.join(' AND ')})`, parameters: [from, before].filter((each) => each !== undefined) };
}
