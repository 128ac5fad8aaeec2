import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Zip, ZipDeflate } from 'fflate';
import type { SupportEntry, SupportPart } from '../../../shared/contract/support.contract.ts';
import type { GatheredFile } from '../../services/support/supportService.ts';
import { storeFiles } from '../storeFiles.ts';
import { openForReading } from '../users/userConnection.ts';
import { createCleaner, type Cleaner } from './cleaner.ts';
import { linesOf, newestLogs } from './logTails.ts';
import { createPeopleIndex } from './peopleIndex.ts';
import { createPseudonyms, type KnowsPerson } from './pseudonyms.ts';
import { readStoreFacts } from './storeFacts.ts';

/** A BundleRequest on its way to the thread: what hides in a Secret has to be said there. */
export interface WriteBundle {
  readonly path: string;
  readonly dataFolder: string;
  readonly files: readonly GatheredFile[];
  readonly withNames: boolean;
  readonly salt: string;
  readonly known: readonly string[];
  readonly home: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Writes a bundle and says what is in it. Nothing is left behind when it fails. */
export async function writeBundle(request: WriteBundle, signal: AbortSignal): Promise<SupportEntry[]> {
  const people = request.withNames ? null : openPeople(storeFiles(request.dataFolder).users.file);
  try {
    return await writeWith(request, people?.knows ?? null, signal);
  } catch (error) {
    rmSync(request.path, { force: true });
    throw error;
  } finally {
    people?.close();
  }
}

/** Null: the list of users cannot be read. */
function openPeople(file: string): { knows: KnowsPerson; close(): void } | null {
  try {
    const users = openForReading(file);
    try {
      return { knows: createPeopleIndex(users), close: () => users.close() };
    } catch {
      users.close();
      return null;
    }
  } catch {
    return null;
  }
}

async function writeWith(request: WriteBundle, knows: KnowsPerson | null, signal: AbortSignal): Promise<SupportEntry[]> {
  const { dataFolder, withNames, known, home } = request;
  const salt = Buffer.from(request.salt, 'base64');
  const cleaner = createCleaner({ pseudonyms: withNames ? null : createPseudonyms(salt, knows ?? (() => false)), known, home });
  // Without the list nobody could find names in what was logged.
  const hasLogs = withNames || knows !== null;
  const target = openSync(request.path, 'wx', 0o600);
  try {
    const archive = openArchive(target, Math.min(Math.max(request.now, firstZipTime), lastZipTime), signal);
    await archive.add('readme.txt', 'readme', [readme(withNames, hasLogs)]);
    for (const { name, part, content } of request.files) await archive.add(name, part, [asJson(cleaner, content)]);
    await archive.add('store.json', 'store', [asJson(cleaner, readStoreFacts(dataFolder))]);
    for (const tail of hasLogs ? newestLogs(storeFiles(dataFolder).logs) : []) {
      await archive.add(`logs/${tail.file.name}`, 'log', cleanLines(linesOf(tail), cleaner));
    }
    await archive.end();
    fsyncSync(target);
    return archive.entries;
  } finally {
    closeSync(target);
  }
}

/** A zip knows no other times; a clock that is wrong by years is just when support is needed. */
const [firstZipTime, lastZipTime] = [Date.UTC(1980, 0, 2), Date.UTC(2099, 11, 30)];

const asJson = (cleaner: Cleaner, content: unknown): string => `${JSON.stringify(cleaner.value(content), null, 2)}\n`;

function* cleanLines(blocks: Iterable<readonly string[]>, cleaner: Cleaner): Generator<string> {
  for (const lines of blocks) yield lines.map((line) => `${cleaner.line(line)}\n`).join('');
}

function openArchive(target: number, mtime: number, signal: AbortSignal) {
  const entries: SupportEntry[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failure ??= error;
    for (let at = 0; at < chunk.length;) at += writeSync(target, chunk, at);
  });
  async function pause(): Promise<void> {
    if (failure) throw failure;
    await nextTurn();
    signal.throwIfAborted();
  }

  return {
    entries,
    async add(name: string, part: SupportPart, texts: Iterable<string>): Promise<void> {
      const entry = new ZipDeflate(name);
      entry.mtime = mtime;
      zip.add(entry);
      let bytes = 0;
      for (const text of texts) {
        const content = Buffer.from(text);
        bytes += content.length;
        entry.push(content);
        await pause();
      }
      entry.push(new Uint8Array(0), true);
      entries.push({ name, bytes, part });
    },
    async end(): Promise<void> {
      zip.end();
      await pause();
    },
  };
}

function readme(withNames: boolean, hasLogs: boolean): string {
  return [
    'Support bundle of MFA Server Console',
    '',
    withNames
      ? 'Names of people, their addresses and telephone numbers are in it as they are: handle it as personal data.'
      : 'Usernames, names of people, email and network addresses, distinguished names and telephone numbers were replaced by pseudonyms such as person-1f2e3d4c5b. The same value has the same pseudonym in each bundle of this console, and only this console can tell whose it is.',
    'Names of servers, tags and groups and the settings of the company are in it as they are.',
    'Passwords, PINs, keys of tokens and answers are never in it: they are sealed in the store, the store is not in the bundle, and what looks like one of them elsewhere reads [secret].',
    ...(hasLogs ? [] : ['The list of users could not be read, so names could not be found in the log files. These were left out.']),
    '',
  ].join('\n');
}
