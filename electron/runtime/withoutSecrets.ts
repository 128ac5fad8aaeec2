import { z } from 'zod';

const blank = '[secret]';

/**
 * A copy of `value` in which every field that its schema marks as secret (`meta({ secret: true })`) is blanked, and every field that
 * its schema does not name, or of which it says that nobody needs it there (`meta({ audited: false })`), is left out. Where schema and value do not match (an invalid request) nothing of the value is kept,
 * because nobody can tell what it holds.
 */
export function withoutSecrets(schema: z.ZodType, value: unknown): unknown {
  return schema.safeParse(value).success ? redact(schema, value) : '[not valid]';
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrap(schema.unwrap() as z.ZodType);
  return schema;
}

function isSecret(schema: z.ZodType): boolean {
  return schema.meta()?.['secret'] === true || unwrap(schema).meta()?.['secret'] === true;
}

function isAudited(schema: z.ZodType): boolean {
  return schema.meta()?.['audited'] !== false;
}

function redact(wrapped: z.ZodType, value: unknown): unknown {
  const schema = unwrap(wrapped);
  if (isSecret(wrapped)) return value === undefined ? undefined : blank;
  if (schema instanceof z.ZodObject && typeof value === 'object' && value !== null) {
    const shape = schema.shape as Record<string, z.ZodType>;
    // Fields that the schema does not name are dropped here as they are by the router.
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, field]) => (shape[key] && isAudited(shape[key]) ? [[key, redact(shape[key], field)]] : [])),
    );
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((item) => redact(schema.element as z.ZodType, item));
  if (schema instanceof z.ZodUnion) {
    const option = (schema.options as z.ZodType[]).find((candidate) => candidate.safeParse(value).success);
    return option ? redact(option, value) : blank;
  }
  return value;
}
