/** How a text travels as SMS. */
export interface MessageLength {
  /** `gsm-7` packs 160 characters into a message; one character outside of its alphabet makes it `ucs-2` with 70. */
  readonly encoding: 'gsm-7' | 'ucs-2';
  /** Septets or UTF-16 units. */
  readonly units: number;
  readonly segments: number;
  /** Units that still fit without another segment. */
  readonly left: number;
  /** The first character that GSM-7 does not have; undefined in `gsm-7`. */
  readonly foreign: string | undefined;
}

/** GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1). */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table (6.2.1.1): an escape stands before each. */
const extended = new Set('\f^{}\\[~]|€');

/**
 * Counts as a sender does: a text that does not fit into one message is sent in segments, and each segment gives some units to
 * the header that joins them (3GPP TS 23.040, 9.2.3.24.1). A character of two units is never cut in two.
 */
export function messageLength(text: string): MessageLength {
  const characters = [...text];
  const foreign = characters.find((character) => !basic.has(character) && !extended.has(character));
  const isGsm = foreign === undefined;
  const sizes = characters.map((character) => (isGsm ? (extended.has(character) ? 2 : 1) : character.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [alone, joined] = isGsm ? [160, 153] : [70, 67];
  const encoding = isGsm ? 'gsm-7' : 'ucs-2';
  if (units <= alone) return { encoding, units, segments: 1, left: alone - units, foreign };

  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > joined) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, units, segments, left: joined - used, foreign };
}
