/** Digits of Crockford's Base32 (https://www.crockford.com/base32.html): no two of them look or sound alike. */
const digits = '0123456789abcdefghjkmnpqrstvwxyz';
const emailDigits = 8;
const passwordDigits = 16;
const emailDomain = 'activation';

export interface ActivationCredentials {
  readonly email: string;
  readonly password: string;
}

/** How many random bytes `makeCredentials` takes. */
export const credentialBytes = emailDigits + passwordDigits - 2;

/** 35 random bits for the address and 75 for the password; the last digit of each checks the others. */
export function makeCredentials(random: Uint8Array): ActivationCredentials {
  const drawn = [...random.subarray(0, credentialBytes)].map((byte) => digits[byte % digits.length]).join('');
  const name = withCheckDigit(drawn.slice(0, emailDigits - 1));
  const password = withCheckDigit(drawn.slice(emailDigits - 1));
  return { email: `${name}@${emailDomain}`, password: password.replaceAll(/(.{4})(?=.)/g, '$1-') };
}

/**
 * Credentials as somebody typed or pasted them: blanks, hyphens and letter case do not matter, and what looks like a digit counts as it.
 * Null where one of them cannot be what an authority made, which is a typing error: nobody has to be asked, and no guess is spent.
 */
export function readCredentials(entered: ActivationCredentials): ActivationCredentials | null {
  const [name = '', domain = '', ...rest] = entered.email.trim().toLowerCase().split('@');
  const email = plainDigits(name);
  const password = plainDigits(entered.password);
  if (rest.length > 0 || domain !== emailDomain) return null;
  if (email.length !== emailDigits || password.length !== passwordDigits || !isChecked(email) || !isChecked(password)) return null;
  return { email: `${email}@${emailDomain}`, password };
}

function plainDigits(text: string): string {
  return text.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
}

/** Luhn's algorithm modulo 32 (ISO/IEC 7812-1 annex B, for 32 digits): finds each wrong digit, and nearly all that changed places. */
function checkSum(text: string, firstFactor: 1 | 2): number | null {
  let sum = 0;
  let factor: number = firstFactor;
  for (const digit of [...text].toReversed()) {
    const value = digits.indexOf(digit);
    if (value < 0) return null;
    const product = value * factor;
    sum += Math.floor(product / digits.length) + (product % digits.length);
    factor = factor === 2 ? 1 : 2;
  }
  return sum % digits.length;
}

function withCheckDigit(text: string): string {
  return text + digits[(digits.length - (checkSum(text, 2) ?? 0)) % digits.length]!;
}

const isChecked = (text: string): boolean => checkSum(text, 1) === 0;
