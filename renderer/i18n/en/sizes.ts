/** The size of a file for people: whole KB, MB and GB with one decimal; never less than it is. */
export function sizeText(bytes: number): string {
  if (bytes < 1_024) return `${count(bytes)} bytes`;
  if (bytes < 1_048_576) return `${count(Math.ceil(bytes / 1_024))} KB`;
  return bytes < 1_073_741_824 ? `${tenths(bytes / 1_048_576)} MB` : `${tenths(bytes / 1_073_741_824)} GB`;
}

const count = (amount: number): string => amount.toLocaleString('en-US', { maximumFractionDigits: 1 });
const tenths = (amount: number): string => count(Math.ceil(amount * 10) / 10);
