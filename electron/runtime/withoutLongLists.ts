/** More than anybody reads in one entry of the audit log. */
const kept = 50;

/**
 * A copy of `value` in which long lists end after their beginning, with a note of how many more there were. An import names up to
 * 10,000 people, and the audit log is kept for ever.
 */
export function withoutLongLists(value: unknown): unknown {
  if (Array.isArray(value)) {
    const beginning = value.slice(0, kept).map(withoutLongLists);
    return value.length > kept ? [...beginning, `and ${value.length - kept} more`] : beginning;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutLongLists(field)]));
}
