/**
 * Shortens an identifier in its middle, where the least telling part is: `CN=Anna Berg,…,DC=contoso,DC=com`.
 * Counts code points, so a character outside the basic plane is never cut in two.
 */
export function truncateMiddle(text: string, maxLength: number): string {
  const points = [...text];
  if (points.length <= maxLength) return text;
  const kept = Math.max(2, maxLength - 1);
  const head = Math.ceil(kept / 2);
  return `${points.slice(0, head).join('')}…${points.slice(points.length - (kept - head)).join('')}`;
}
