import type { VaultState } from '../../../shared/contract/app.contract.ts';
import type { PastCheck } from '../../../shared/contract/network.contract.ts';
import type { Requirement, RequirementSettings } from '../../../shared/contract/requirements.contract.ts';
import type { Call } from '../../runtime/call.ts';

export interface Machine {
  /** Names as Node knows them: `x64`, `win32` … */
  readonly architecture: string;
  readonly platform: string;
  /** `10.0.20348`, `6.1.0-18-amd64` … */
  readonly release: string;
  /** The system's own name, such as `Windows Server 2022 Standard`. */
  readonly system: string;
  readonly memoryBytes: number;
  readonly processors: number;
  /** Of Node, `24.1.0`. */
  readonly node: string;
}

export interface FolderState {
  readonly path: string;
  readonly freeBytes: number;
  /** What kept a file from being written there; null: it was. */
  readonly problem: string | null;
  /** Other accounts of this computer may read it. Null: its access lists could not be read. */
  readonly isOpenToOthers: boolean | null;
  /** Name of the file system, where the system tells. */
  readonly fileSystem: string | null;
  readonly isNetwork: boolean;
}

/** The test of a server, as far as it went. */
export interface ServerTest {
  readonly steps: readonly {
    readonly state: 'running' | 'passed' | 'warning' | 'failed';
    readonly text: string;
    readonly advice?: string | undefined;
    readonly certificate?: { readonly notAfter: string } | undefined;
  }[];
}

export interface RequirementPorts {
  machine(): Machine;
  /** Of the data folder. */
  folder(): Promise<FolderState>;
  /** As counted last; null: they were never counted. */
  userCount(): number | null;
  storeDamage(): string | undefined;
  vaultState(): Promise<VaultState>;
  /** By how much the server's clock is ahead of ours. Rejects with AppError, which says what to do, when it does not answer as RFC 4330 wants it. */
  askTime(server: { host: string; port: number }, signal: AbortSignal): Promise<{ offsetMs: number }>;
  /** Null: none is configured; `sample`: it is the one that comes with the console. */
  testDirectory(call: Call): Promise<ServerTest | 'sample' | null>;
  /** Null: none is configured. Sends no mail. */
  testRelay(call: Call): Promise<ServerTest | null>;
  /** Of this server's activation; `isOffline`: nobody renews it but by a file. Null: it is not activated. */
  activationCertificate(): { readonly expiresAt: number; readonly isOffline: boolean } | null;
  readSettings(): RequirementSettings;
  /** Reads and writes without anybody in between. */
  changeSettings(next: (before: RequirementSettings) => RequirementSettings): void;
  /** What checks found, of each requirement the newest. */
  readonly history: {
    add(found: readonly (Pick<PastCheck, 'state' | 'reason' | 'connectMs'> & { readonly id: string })[], at: number): void;
    /** The newest first. */
    of(kind: string, limit: number): PastCheck[];
  };
  /** What became of a check is told though it cannot be remembered. */
  log(error: unknown): void;
  timeServerChanged(): void;
  readonly version: string;
  emitChecked(event: { runId: string; requirement: Requirement }): void;
  now(): number;
}
