import type { AnswerFile } from '../../../shared/activation/activationFile.ts';
import type { ActivationCallName, CallInput, CallOutput, ServerFacts } from '../../../shared/activation/protocol.ts';
import type { Certificate } from '../../../shared/contract/directory.contract.ts';
import type { Secret } from '../../../shared/lib/secret.ts';

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** A certificate in PEM with its key. */
export interface Identity {
  readonly certificate: string;
  readonly privateKey: Secret;
}

/** Speaks to authorities over HTTPS. All calls throw AppError. */
export interface AuthorityCalls {
  /** The certificates that the other side shows, its own first. Sends nothing after the handshake and trusts nobody. */
  certificates(target: HostAndPort): Promise<readonly { readonly pem: string; readonly shown: Certificate }[]>;
  /** Trusts the certificate `authority` alone. What the authority refuses is thrown with the code of the refusal. */
  call<Name extends ActivationCallName>(
    name: Name,
    input: CallInput<Name>,
    options: HostAndPort & { readonly authority: string; readonly identity?: Identity },
  ): Promise<CallOutput<Name>>;
}

/** Makes a key pair (ECDSA P-256) and a request that a certificate be issued for it (PKCS#10). */
export type MakeRequest = () => Promise<{ readonly request: string; readonly privateKey: Secret }>;

/** Keeps what proves who this server is; under one server id of one authority. */
export interface IdentityVault {
  /** Throws what the keychain says where nothing could be kept. */
  check(): Promise<void>;
  put(owner: HostAndPort & { readonly serverId: string }, identity: Secret): Promise<void>;
  take(owner: HostAndPort & { readonly serverId: string }): Promise<Secret>;
  forget(owner: HostAndPort & { readonly serverId: string }): void;
}

/** What answers in files need. */
export interface AnswerFiles {
  /** Throws AppError `activation-file-not-valid`. */
  open(file: AnswerFile, privateKey: Secret): Promise<string>;
  /** Of a certificate in PEM, 64 hexadecimal digits. */
  fingerprint(certificate: string): string;
  isIssuedFor(certificate: string, authority: string, privateKey: Secret): Promise<boolean>;
}

export interface ActivationPorts {
  readonly answers: AnswerFiles;
  readonly authorities: AuthorityCalls;
  readonly makeRequest: MakeRequest;
  readonly vault: IdentityVault;
  readonly settings: { read(name: string): unknown; write(name: string, value: unknown): void };
  facts(): ServerFacts;
  now(): number;
  changed(): void;
}
