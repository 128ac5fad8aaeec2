/** Whether somebody typed this number. Digits may be grouped as numbers are shown. */
export function isTypedCount(count: number, typed: string): boolean {
  return typed.replace(/[\s.,’'  ]/gu, '') === String(count);
}
