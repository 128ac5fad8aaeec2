/** Control characters, and those that only steer how text is shown. */
const steering = /[\p{Cc}\p{Cf}]/gu;

/**
 * Text for the terminal. What could move the cursor, fake a line or turn the reading direction around becomes a blank: names come
 * from directories, and certificates from servers that nobody trusts yet. Line ends and tabs are ours and stay; those of Windows become ours.
 */
export function printableLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(steering, (character) => (character === '\n' || character === '\t' ? character : ' '));
}

/** The same for one cell or one line: nothing stays. */
export function printableLine(text: string): string {
  return text.replace(steering, ' ');
}

/** JSON of the same value, in which such characters are written as escapes. */
export function printableJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(steering, (character) => (character === '\n' ? character : escaped(character)));
}

/** JSON escapes UTF-16 units. */
function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
