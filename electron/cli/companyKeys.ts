import { z } from 'zod';
import { companySettings } from '../../shared/contract/companySettings.ts';
import type { Leaf } from '../../shared/company/settingPaths.ts';
import { UsageError } from './verb.ts';

/** One setting of Company Settings as the command line names it. Texts have verbs of their own. */
export interface CompanyKey {
  /** `pinRules.minLength` */
  readonly key: string;
  /** Which values it takes, for people. */
  readonly allowed: string;
  /** Throws UsageError. */
  read(text: string): Leaf;
}

/** Read from the schema, so that a new setting needs nothing here. */
export const companyKeys: readonly CompanyKey[] = keysOf(companySettings.omit({ texts: true }), '');

export function findCompanyKey(name: string): CompanyKey {
  const found = companyKeys.find(({ key }) => key.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new UsageError(`There is no setting "${name}". Settings: ${companyKeys.map(({ key }) => key).join(', ')}.`);
}

function keysOf(schema: z.ZodObject, prefix: string): CompanyKey[] {
  return Object.entries(schema.shape).flatMap(([name, field]) =>
    field instanceof z.ZodObject ? keysOf(field, `${prefix}${name}.`) : [keyOf(`${prefix}${name}`, field as z.ZodType)],
  );
}

function keyOf(key: string, schema: z.ZodType): CompanyKey {
  const allowed = allowedBy(schema);
  return {
    key,
    allowed,
    read(text) {
      const parsed = schema.safeParse(valueOf(schema, text));
      if (parsed.success) return parsed.data as Leaf;
      throw new UsageError(`${key} takes ${allowed}.`);
    },
  };
}

function allowedBy(schema: z.ZodType): string {
  if (schema instanceof z.ZodEnum) return schema.options.join(' | ');
  if (schema instanceof z.ZodBoolean) return 'on | off';
  if (schema instanceof z.ZodNumber) return `a whole number from ${schema.minValue} to ${schema.maxValue}`;
  return 'a short code, such as US for a country or en for a language';
}

function valueOf(schema: z.ZodType, text: string): unknown {
  if (schema instanceof z.ZodBoolean) return { on: true, true: true, yes: true, off: false, false: false, no: false }[text.toLowerCase()];
  if (schema instanceof z.ZodNumber) return text.trim() === '' ? undefined : Number(text);
  return text;
}
