import type { NetworkSettings, PastCheck, ProxySettings, TargetCheck } from '../../../shared/contract/network.contract.ts';
import type { Secret } from '../../../shared/lib/secret.ts';

import type { WindowsFirewallRules } from './windowsRulesPort.ts';

/** A proxy that takes CONNECT in plain HTTP (RFC 9110 section 9.3.6). */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** Empty: none is named. */
  readonly user: string;
  readonly password: Secret | null;
}

/** The proxy on the way to a target; null: there is none. Rejects with what the keychain says about its password. */
export type ProxyOf = (target: { readonly host: string; readonly port: number }) => Promise<Proxy | null>;

/** What the password of a proxy is bound to. */
export interface ProxyBinding {
  readonly purpose: 'proxy';
  /** `host:port` */
  readonly servers: readonly string[];
  readonly user: string;
}

/** Where passwords of proxies are kept. What the keychain says is thrown. */
export interface ProxySecrets {
  put(binding: ProxyBinding, secret: Secret): Promise<void>;
  has(binding: ProxyBinding): boolean;
  take(binding: ProxyBinding): Promise<Secret>;
  forget(binding: ProxyBinding): void;
}

export interface ProxyChoice {
  readonly of: ProxyOf;
  passwordStored(): boolean;
  /** The proxy in use. */
  inUse(): Pick<Proxy, 'host' | 'port'> | null;
  environment(): { readonly proxy: string | null; readonly bypass: string[]; readonly problem: string };
  /** Keeps the password of a proxy, and forgets that of the one before it. Rejects with what the keychain says. */
  keepPassword(before: ProxySettings, after: ProxySettings, password: Secret | undefined): Promise<void>;
}

/** What a proxy said in place of letting us through. */
export interface ProxyAnswer {
  /** Null: nothing that is HTTP. */
  readonly status: number | null;
  /** The ways to sign in that it offers, such as `Negotiate, NTLM`. */
  readonly offers: string;
}

/** What happened on the way to one target, as far as it went. */
export interface Probe {
  readonly addresses: readonly string[];
  readonly connectMs: number | null;
  /** `trusted`: the chain ends at a public root; otherwise `problem` is OpenSSL's or Node's name of what is wrong. */
  readonly tls: (NonNullable<TargetCheck['tls']> & { readonly problem: string }) | null;
  /** What answered in plain HTTP: where that was asked for, or in place of TLS. */
  readonly http: TargetCheck['http'];
  /** By how much the clock over there is ahead of ours; in HTTP as far as seconds tell. */
  readonly clockMs: number | null;
  /** Where it ended early. */
  readonly failure: WayFailure | ProxyFailure | null;
  /** Of the proxy through which it went. */
  readonly proxy: (Pick<Proxy, 'host' | 'port' | 'user'> & { readonly answer: ProxyAnswer | null }) | null;
}

/** `time`: something answers a time server's question with what is no time. */
type WayFailure = 'dns' | 'dns-silent' | 'refused' | 'timeout' | 'unreachable' | 'reset' | 'tls' | 'http' | 'time';
/** The proxy cannot be reached, wants a sign-in, does not let us through, or lets us wait. */
type ProxyFailure = 'proxy-unreachable' | 'proxy-sign-in' | 'proxy-refused' | 'proxy-silent';

/** `tls` and `http` say what is spoken once the connection stands; with `nothing` the connection itself is tried. `time` is NTP, by UDP. */
export interface ProbeTarget {
  readonly host: string;
  readonly port: number;
  readonly speaks: 'tls' | 'http' | 'time' | 'nothing';
  /** The way to it; null: directly. */
  readonly proxy: Proxy | null;
}

export interface NetworkPorts {
  /** What checks found, of each target the newest. */
  readonly history: {
    add(checks: readonly TargetCheck[], at: number): void;
    /** The newest first. */
    of(id: string, limit: number): PastCheck[];
    forget(id: string): void;
  };
  now(): number;
  /** What became of a check is told though it cannot be remembered. */
  log(error: unknown): void;
  directoryServers(): readonly { host: string; port: number }[];
  relay(): { host: string; port: number } | null;
  /** Null where this server is not activated, or cannot ask: it is its own authority, or was activated by a file. */
  authority(): { host: string; port: number } | null;
  /** With which our clock is compared; null: with none. */
  timeServer(): { host: string; port: number } | null;
  /** Users whose method is the mobile app, as counted last; null: nobody has counted them yet. */
  appUsers(): number | null;
  readonly proxies: ProxyChoice;
  /** Null: this server does not run on Windows. */
  readonly windowsRules: WindowsFirewallRules | null;
  /** Never rejects; ends within five seconds, or when the signal aborts. */
  probe(target: ProbeTarget, signal: AbortSignal): Promise<Probe>;
  readSettings(): NetworkSettings;
  /** Reads and writes without anybody in between. */
  changeSettings(next: (before: NetworkSettings) => NetworkSettings): void;
  emitChecked(event: { runId: string; check: TargetCheck }): void;
  emitChanged(): void;
}
