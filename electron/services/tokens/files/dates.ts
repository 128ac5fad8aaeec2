const isoDate = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads a date of a token file as milliseconds since 1970: ISO 8601, in UTC where it names no zone. Undefined when it is none,
 * or a day that does not exist. Other orders of day and month are refused, since nobody can tell which is meant.
 */
export function readFileDate(text: string): number | undefined {
  const match = isoDate.exec(text.trim());
  if (!match) return undefined;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', zone = 'Z'] = match;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const at = Date.UTC(y, m - 1, d, Number(hour), Number(minute), Number(second));
  const there = new Date(Date.UTC(y, m - 1, d));
  if (there.getUTCMonth() !== m - 1 || there.getUTCDate() !== d || Number(hour) > 24 || Number(minute) > 59) return undefined;
  if (zone.toUpperCase() === 'Z') return at;
  const sign = zone.startsWith('-') ? -1 : 1;
  return at - sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}
