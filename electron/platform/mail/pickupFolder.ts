import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Handover } from '../../services/email/mailPorts.ts';

/**
 * Writes a mail as a file that another program picks up. It gets its name when it is complete and on disk; the name is the mail's own, so that
 * the same mail is never there twice. Resolves to what became of it.
 */
export async function dropIntoFolder(folder: string, name: string, message: Uint8Array): Promise<Handover> {
  const file = join(folder, `${name.replaceAll(/[^A-Za-z0-9.-]/g, '_')}.eml`);
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(`${file}.part`, 'w', 0o600);
    try {
      await handle.writeFile(message);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.part`, file);
    return { kind: 'accepted', reply: `Written to ${file}` };
  } catch (cause) {
    return {
      kind: 'interrupted',
      error: new AppError('folder-not-writable', 'The pickup folder cannot be written.', { cause, details: { folder } }),
    };
  }
}
