import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes the oldest files of one set, `NAME.NUMBER.log`, until `most` are left. What cannot be removed, because it is in use on Windows,
 * waits for the next time. The package that writes them removes only what its own process has begun, and most processes begin none.
 */
export function removeOldLogFiles(folder: string, name: string, most: number): void {
  try {
    const numbers = readdirSync(folder).flatMap((file) => {
      const number = file.startsWith(`${name}.`) ? /^\d+(?=\.log$)/.exec(file.slice(name.length + 1)) : null;
      return number ? [Number(number[0])] : [];
    });
    for (const number of numbers.sort((a, b) => b - a).slice(most)) rmSync(join(folder, `${name}.${number}.log`), { force: true });
  } catch {
    // Said above.
  }
}
