import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { tokenFileLimits, type TokenImportCounts, type tokensContract } from '../../../shared/contract/tokens.contract.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call, JobContext, JobStarter } from '../../runtime/call.ts';
import type { TokenFileReader, TokenImportPorts } from './importPorts.ts';

export interface TokenImportServicePorts extends TokenImportPorts {
  readonly jobs: JobStarter;
  /** The vault's key, for the thread that seals the secrets. */
  sealerKey(): Promise<Secret>;
  changed(usersToo: boolean): void;
  newId(): string;
  now(): number;
  every(intervalMs: number, callback: () => void): () => void;
}

/** The part of the contract that is about token files. */
export type ImportMethods = 'openImport' | 'sendPart' | 'readImport' | 'importRows' | 'startImport' | 'discardImport' | 'importLog';

interface OpenImport {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  received: number;
  reader: TokenFileReader | null;
  counts: TokenImportCounts | null;
  isRunning: boolean;
  usedAt: number;
}

const forgottenAfterMs = 30 * 60_000;
const lookEveryMs = 60_000;
/** Each may hold a file of the largest size in memory. */
const openAtOnce = 3;

/** Takes token files, shows what they would bring, and imports them as jobs. A file is in memory only, since it holds secrets. */
export function createTokenImports(ports: TokenImportServicePorts): {
  readonly methods: Pick<Implementation<typeof tokensContract, Call>, ImportMethods>;
  stop(): Promise<void>;
} {
  const open = new Map<string, OpenImport>();

  function known(importId: string): OpenImport {
    const found = open.get(importId);
    if (!found) throw new AppError('not-found', 'This token file is no longer in memory. Choose it again.');
    found.usedAt = ports.now();
    return found;
  }

  async function forget(importId: string): Promise<void> {
    const found = open.get(importId);
    open.delete(importId);
    found?.bytes.fill(0);
    await found?.reader?.close();
  }

  const stopForgetting = ports.every(lookEveryMs, () => {
    for (const [id, { isRunning, usedAt }] of open) if (!isRunning && ports.now() - usedAt > forgottenAfterMs) void forget(id);
  });

  async function run(importId: string, file: OpenImport, key: Secret, { jobId, signal, progress }: JobContext): Promise<void> {
    const { reader, counts } = file;
    let isChanged = false;
    let usersToo = false;
    try {
      if (!reader || !counts) return;
      for (let from = 0; from < counts.total;) {
        signal.throwIfAborted();
        const { next, usersChanged } = await reader.write({ jobId, from, key });
        isChanged = true;
        usersToo ||= usersChanged;
        from = next;
        progress({ phase: 'token-import', done: from, total: counts.total });
      }
    } finally {
      if (isChanged) ports.changed(usersToo);
      await forget(importId);
    }
  }

  const methods: Pick<Implementation<typeof tokensContract, Call>, ImportMethods> = {
    async openImport({ fileName, bytes }) {
      if (bytes > tokenFileLimits.fileBytes) {
        const megabytes = (size: number) => `${Math.ceil(size / 1024 / 1024)} MB`;
        throw new AppError(
          'token-file-too-large',
          `The file has ${megabytes(bytes)}. A token file may have ${megabytes(tokenFileLimits.fileBytes)}.`,
        );
      }
      if (open.size >= openAtOnce) throw new AppError('conflict', 'Other token files are being imported. Wait until they are done.');
      const importId = ports.newId();
      const file = { fileName, bytes: new Uint8Array(bytes), received: 0, reader: null, counts: null, isRunning: false };
      open.set(importId, { ...file, usedAt: ports.now() });
      return { importId };
    },
    async sendPart({ importId, content }) {
      const file = known(importId);
      const part = Buffer.from(content, 'base64');
      if (file.received + part.length > file.bytes.length)
        throw new AppError('invalid-input', 'More of the token file came than was announced.');
      file.bytes.set(part, file.received);
      file.received += part.length;
      return { received: file.received };
    },
    async readImport({ importId, password }) {
      const file = known(importId);
      if (file.received !== file.bytes.length) throw new AppError('invalid-input', 'The token file did not arrive completely.');
      file.reader ??= ports.openReader();
      file.counts = await file.reader.read({
        name: file.fileName,
        bytes: file.bytes,
        password: password === undefined ? null : new Secret(password),
      });
      return file.counts;
    },
    async importRows({ importId, ...window }) {
      const { reader, counts } = known(importId);
      if (!reader || !counts) throw new AppError('conflict', 'The token file was not read yet.');
      return reader.rows(window);
    },
    async startImport({ importId }, call) {
      const file = known(importId);
      if (!file.counts || file.isRunning) throw new AppError('conflict', 'The token file was not read yet, or is being imported.');
      file.isRunning = true;
      try {
        const key = await ports.sealerKey();
        call.note({ ...file.counts });
        const jobId = await ports.jobs.start(call, {
          kind: 'token-import',
          subject: file.fileName,
          run: (context) => run(importId, file, key, context),
        });
        return { jobId };
      } catch (error) {
        file.isRunning = false;
        throw error;
      }
    },
    async discardImport({ importId }) {
      if (!open.get(importId)?.isRunning) await forget(importId);
      return null;
    },
    async importLog({ jobId, ...window }) {
      const log = ports.log(jobId, window);
      if (!log) throw new AppError('not-found', 'There is no log of this import.', { details: { jobId } });
      return log;
    },
  };

  return {
    methods,
    async stop() {
      stopForgetting();
      await Promise.all([...open.keys()].map(forget));
    },
  };
}
