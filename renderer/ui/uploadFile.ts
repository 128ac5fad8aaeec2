import { uploadPartBytes } from '../../shared/contract/csv.contract.ts';
import type { ConsoleClient } from '../app/client.tsx';
import { base64Of } from './base64Of.ts';

/** Sends a file to the server, which keeps it until a command takes it; resolves to its id. After a failure nothing of it stays there. */
export async function uploadFile(client: Pick<ConsoleClient, 'csv'>, file: File): Promise<string> {
  const { uploadId } = await client.csv.beginUpload({ name: file.name.slice(-260), bytes: file.size });
  try {
    for (let offset = 0; offset < file.size; offset += uploadPartBytes) {
      const base64 = await base64Of(file.slice(offset, offset + uploadPartBytes));
      await client.csv.appendUpload({ uploadId, offset, base64 });
    }
    return uploadId;
  } catch (error) {
    // Without a connection it goes by itself.
    client.csv.discardUpload({ uploadId }).catch(() => {});
    throw error;
  }
}
