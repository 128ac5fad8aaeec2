const combiningMarks = /\p{M}+/gu;
const notAscii = /[^\x00-\x7f]/;

/**
 * Text in the form in which it is compared, sorted and searched: without accents and letter case ("Müller" → "muller").
 * Compatibility forms are unified (NFKD), so full-width letters and ligatures find their plain twins.
 */
export function fold(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(combiningMarks, '').toLowerCase();
}

/** Two usernames with one key are the same name: letter case and compatibility forms do not count, accents do. */
export function usernameKey(username: string): string {
  return notAscii.test(username) ? username.normalize('NFKC').toLowerCase() : username.toLowerCase();
}
