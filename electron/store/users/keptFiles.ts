import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { threadId } from 'node:worker_threads';
import { transaction } from '../transaction.ts';
import { openSealed, sealBlocks } from './sealedBlocks.ts';
import type { SealedBytes } from './sealedBlocks.ts';
import { readVersion } from './userSearch.ts';

/**
 * What took long to work out from the users, in files beside the store, so that the next start finds it. Everything can be
 * made again: what is missing, torn, foreign or of another version is as good as not there.
 *
 * The store itself says which file counts: table `kept_lists` holds its version of the list and its hash, written in one
 * transaction that saw this version. A file left over from before a backup was restored therefore never fits.
 */
export interface KeptFiles {
  /** What was kept under this name at exactly this version of the list, to be closed, or null. Inside a read transaction at this version. */
  open(name: string, version: number): SealedBytes | null;
  /** Answers whether it was kept: not when the list has changed since, when the store is busy, or when nothing can be written. */
  keep(name: string, version: number, chunks: Iterable<Uint8Array>): boolean;
}

export interface KeptFilesOptions {
  readonly storeFile: string;
  /** A connection of openForReading. */
  readonly database: DatabaseSync;
}

/** A writer is not kept waiting, and does not keep this waiting, for longer than this. */
const timeoutMs = 100;

export function createKeptFiles({ storeFile, database }: KeptFilesOptions): KeptFiles {
  const folder = `${storeFile}-lists`;
  const fileOf = (name: string) => join(folder, `${name}.bin`);
  const hashOf = database.prepare('SELECT hash FROM kept_lists WHERE name = ? AND version = ?');

  function commit(name: string, version: number, hash: Uint8Array, unfinished: string): boolean {
    const writer = new DatabaseSync(storeFile, { timeout: timeoutMs });
    try {
      writer.exec('PRAGMA synchronous=NORMAL; PRAGMA trusted_schema=OFF');
      return transaction(writer, 'BEGIN IMMEDIATE', () => {
        if (readVersion(writer) !== version) return false;
        writer.prepare('INSERT OR REPLACE INTO kept_lists (name, version, hash) VALUES (?, ?, ?)').run(name, version, hash);
        renameSync(unfinished, fileOf(name));
        return true;
      });
    } finally {
      writer.close();
    }
  }

  return {
    open(name, version) {
      try {
        const kept = hashOf.get(name, version);
        return kept ? openSealed(fileOf(name), kept['hash'] as Uint8Array) : null;
      } catch {
        return null;
      }
    },

    keep(name, version, chunks) {
      const unfinished = `${fileOf(name)}.${process.pid}-${threadId}.part`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const file = openSync(unfinished, 'w', 0o600);
        let hash: Uint8Array;
        try {
          hash = sealBlocks(chunks, (bytes) => {
            for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
          });
        } finally {
          closeSync(file);
        }
        return commit(name, version, hash, unfinished);
      } catch {
        return false;
      } finally {
        removeIfThere(unfinished);
      }
    },
  };
}

/** Where nothing can be written nothing can be removed either; what remains is never read. */
function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Said above.
  }
}
