import type { AnswerFile } from '../../../shared/activation/activationFile.ts';
import type { GroupMember, GroupRef, Role, ServerFacts } from '../../../shared/activation/protocol.ts';
import type { ActivatedServer } from '../../../shared/contract/authority.contract.ts';
import type { Secret } from '../../../shared/lib/secret.ts';

/** Who this authority is. */
export interface AuthorityRecord {
  readonly companyId: string;
  readonly companyName: string;
  /** PEM. */
  readonly certificate: string;
  readonly licenceKey: Uint8Array;
  readonly createdAt: number;
}

export interface StoredCredentials {
  readonly email: string;
  /** A hash record. */
  readonly password: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

export interface IssuedCertificate {
  readonly certificate: string;
  readonly sha256: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly key: Uint8Array;
}

/** A server as one of its certificates names it. */
export interface KnownServer {
  readonly id: string;
  readonly state: 'active' | 'left' | 'revoked';
  readonly groupId: string | null;
  readonly role: Role | null;
  readonly certificateExpiresAt: number;
}

export interface Guesses {
  readonly count: number;
  readonly lastAt: number;
}

/** What an authority keeps, in a file of its own. Everything that changes more than one row is one transaction. */
export interface AuthorityStore {
  read(): AuthorityRecord | null;
  /** Answers the record that is there already, where another process was faster. */
  create(record: AuthorityRecord): AuthorityRecord;
  /** Forgets, on the way, what ended before `forgetBefore`. */
  addCredentials(credentials: StoredCredentials, forgetBefore: number): void;
  credentials(email: string): StoredCredentials | null;
  /** Reads and writes without anybody in between; null forgets the subject. */
  changeGuesses(subject: string, next: (before: Guesses | null) => Guesses | null): void;
  /**
   * Uses the credentials up and adds the server, whose public key has this digest. False when somebody used them a moment ago: then nothing
   * is written.
   */
  activate(
    email: string,
    keyDigest: string,
    server: ServerFacts & { readonly id: string },
    certificate: IssuedCertificate,
    now: number,
  ): boolean;
  /** The server that these credentials activated with this key, as it was answered; null where it was another key, or has ended. */
  activatedBy(
    email: string,
    keyDigest: string,
  ): { readonly serverId: string; readonly certificate: string; readonly expiresAt: number } | null;
  /** Adds a server that was activated without credentials. */
  addServer(server: ServerFacts & { readonly id: string }, certificate: IssuedCertificate, now: number): void;
  /** Forgets, on the way, those that have expired. */
  addPageCode(code: { readonly digest: string; readonly account: string; readonly expiresAt: number }, now: number): void;
  /** Uses the code up and answers who made it; null where there is none, or none any more. */
  takePageCode(digest: string, now: number): string | null;
  groups(): GroupRef[];
  group(groupId: string): Group | null;
  serverOf(certificateSha256: string): KnownServer | null;
  /** Null: there is no such group any more. `taken`: another group has the name. */
  join(serverId: string, group: { readonly id: string } | { readonly created: Group }, now: number): Role | 'taken' | null;
  /** Notes that a server is alive; older certificates than the one that it used are no longer good. */
  seen(serverId: string, facts: ServerFacts, certificateSha256: string, now: number): void;
  members(groupId: string): GroupMember[];
  addCertificate(serverId: string, certificate: IssuedCertificate): void;
  /** Ends a server's membership; the oldest other member becomes master where it was. False when it is not active. */
  end(serverId: string, state: 'left' | 'revoked'): boolean;
  /** Ends those that were activated before then and have joined no group since. */
  endUnjoined(before: number): void;
  servers(): ActivatedServer[];
  setCompanyName(name: string): void;
}

/** Makes certificates (X.509, ECDSA P-256). */
export interface CertificateMaker {
  createAuthority(id: string, now: number): Promise<{ readonly certificate: string; readonly privateKey: Secret }>;
  /**
   * Certifies the key of a request for a server. Throws RefusalError `request-not-valid` where it is no request, not signed with its own
   * key, or of another kind of key.
   */
  certifyServer(
    request: string,
    serverId: string,
    authority: AuthorityKey,
    now: number,
    /** `file`: the next certificate comes by a file too, so this one lives longer. */
    renewedBy?: 'call' | 'file',
  ): Promise<IssuedCertificate>;
  /** SHA-256 of the public key (SPKI) in a request, hexadecimal. Throws as `certifyServer`. */
  keyDigest(request: string): Promise<string>;
  /** Seals a text for who has the key of a request. */
  sealFor(request: string, text: string): Promise<Pick<AnswerFile, 'ephemeral' | 'nonce' | 'tag' | 'sealed'>>;
}

export interface AuthorityKey {
  readonly certificate: string;
  readonly privateKey: Secret;
}

/** Who makes a call over HTTPS. */
export interface Peer {
  readonly address: string;
  /** The client certificate that was shown; `trusted`: this authority signed it and it is valid now. */
  readonly certificate: { readonly sha256: string; readonly trusted: boolean } | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What a browser asks for. */
export interface PageRequest {
  readonly method: string;
  /** With what follows `?`. */
  readonly url: string;
  /** A form as browsers send it; null where the body is none. */
  readonly form: URLSearchParams | null;
  readonly address: string;
  /** Headers, empty where they are missing. */
  readonly host: string;
  readonly origin: string;
  readonly cookies: string;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves HTTPS with certificates that the authority signs for this computer's names. */
export type Listen = (options: {
  readonly port: number;
  /** Names and addresses of this computer that the certificate is for. */
  readonly hosts: readonly string[];
  key(): Promise<AuthorityKey>;
  answer(path: string, body: unknown, peer: Peer): Promise<HttpAnswer>;
  /** Everything that is no call of the protocol. */
  page(request: PageRequest): Promise<PageAnswer>;
}) => Promise<Listener>;

/** Hashes of short secrets, see services/hashes. */
export interface PasswordHashes {
  hash(purpose: string, secret: Secret, lane: 'now' | 'later'): Promise<string>;
  matches(purpose: string, secret: Secret, record: string, lane: 'now' | 'later'): Promise<boolean>;
}

/** The keys of an authority, as the vault keeps them. */
export interface AuthorityVault {
  /** The private key of the authority of this company. */
  putKey(companyId: string, privateKey: Secret): Promise<void>;
  takeKey(companyId: string): Promise<Secret>;
  seal(context: string, secret: Secret): Promise<Uint8Array>;
  open(context: string, sealed: Uint8Array): Promise<Secret>;
}

export interface AuthorityPorts {
  /** Opens the authority's file on first use. */
  store(): AuthorityStore;
  readonly certificates: CertificateMaker;
  readonly vault: AuthorityVault;
  readonly hashes: PasswordHashes;
  randomBytes(count: number): Uint8Array;
  /** SHA-256, hexadecimal. */
  digest(text: string): string;
  newId(): string;
  now(): number;
}
