import { bindResult, type VerifyBind } from './bind/bindVerdict.ts';
import { findAccount } from './bind/findAccount.ts';
import { dnKey } from './data/distinguishedName.ts';
import type { EntryStore } from './data/entryStore.ts';
import type { LdapBackend, LdapPeer, LdapSession } from './protocol/backend.ts';
import type { BindRequest, CompareRequest, SearchPart, SearchRequest } from './protocol/messages.ts';
import { controlOid } from './protocol/oids.ts';
import { resultCode, type LdapResult } from './protocol/resultCode.ts';
import { compileFilter } from './search/compileFilter.ts';
import { createEntryView } from './search/entryView.ts';
import { createPageCursors } from './search/pageCursors.ts';
import { rootDse, subschema, type DirectoryNames } from './search/rootDse.ts';
import { attributeKey } from './search/schema.ts';
import { searchDirectory, searchSingle, type SearchLimits } from './search/searchDirectory.ts';
import { bindNeeded, noObject, tlsRequired } from './windowsMessages.ts';

export interface DirectoryOptions {
  readonly store: EntryStore;
  readonly names: DirectoryNames;
  readonly verify: VerifyBind;
  /** Refuses passwords on connections without TLS, as a hardened domain controller does. Default false. */
  readonly requireTlsForSimpleBind?: boolean;
  /** A name without a password: refused (RFC 4513 section 5.1.2), or taken for anonymous as Windows does unless told otherwise. */
  readonly unauthenticatedBind?: 'refuse' | 'anonymous';
  /** Only announced here; the server offers it when it has a certificate. */
  readonly offersStartTls?: boolean;
  readonly limits?: Partial<SearchLimits>;
  /** Unix time. Default Date.now. */
  readonly now?: () => number;
}

/** Limits of a domain controller as it is installed (MaxPageSize, MaxValRange, MaxQueryDuration). */
const windowsLimits: SearchLimits = { maxPageSize: 1000, maxValues: 1500, maxDurationMs: 120_000, keepsRangedAttribute: false };

const supportedControls = [controlOid.pagedResults, controlOid.showDeleted, controlOid.domainScope, controlOid.manageDsaIt];

/** A read-only directory over a store of entries, which behaves as Active Directory where that matters to a client. */
export function createDirectoryBackend(options: DirectoryOptions): LdapBackend {
  const { store, names, now = Date.now } = options;
  const limits = { ...windowsLimits, ...options.limits };
  const view = createEntryView(store);
  const baseKey = dnKey(names.baseDn) ?? '';
  const subschemaKey = dnKey(names.subschemaDn);

  function openSession(peer: LdapPeer): LdapSession {
    const cursors = createPageCursors();
    let isBound = false;

    async function bind({ name, credentials }: BindRequest, signal: AbortSignal): Promise<LdapResult> {
      // A bind that fails leaves the connection anonymous, RFC 4513 section 4.
      isBound = false;
      if (credentials.kind === 'sasl') {
        return { code: resultCode.authMethodNotSupported, message: 'Only simple binds are supported.' };
      }
      const hasPassword = credentials.password.reveal() !== '';
      if (name === '' && !hasPassword) return { code: resultCode.success };
      if (!hasPassword && options.unauthenticatedBind === 'anonymous') return { code: resultCode.success };
      if (!hasPassword) return { code: resultCode.unwillingToPerform, message: 'A name without a password is refused.' };
      if (options.requireTlsForSimpleBind === true && !peer.isSecure()) {
        return { code: resultCode.strongerAuthRequired, message: tlsRequired };
      }
      const account = findAccount(name, store, { baseKey, dnsName: names.dnsName, netbiosName: names.netbiosName });
      const verdict = account === undefined ? 'unknown-user' : await options.verify(account, credentials.password, signal);
      isBound = verdict === 'accepted';
      return bindResult(verdict);
    }

    function search(request: SearchRequest, signal: AbortSignal): AsyncIterable<SearchPart> {
      if (request.baseDn === '' && request.scope === 'base') return searchSingle('', rootDse(names, facts()), request);
      if (!isBound) return refuse({ code: resultCode.operationsError, message: bindNeeded });
      if (dnKey(request.baseDn) === subschemaKey) return searchSingle(names.subschemaDn, subschema(names), request);
      return searchDirectory(request, { store, view, names, limits, cursors, now }, signal);
    }

    async function compare({ dn, attribute, value }: CompareRequest): Promise<LdapResult> {
      if (!isBound) return { code: resultCode.operationsError, message: bindNeeded };
      const entry = store.find(dnKey(dn) ?? '');
      if (entry === undefined) return { code: resultCode.noSuchObject, message: noObject('') };
      if (view.read(entry, attributeKey(attribute)) === undefined) return { code: resultCode.noSuchAttribute };
      const isEqual = compileFilter({ kind: 'equality', attribute, value }, { store, view, schema: names });
      return { code: isEqual(entry) === true ? resultCode.compareTrue : resultCode.compareFalse };
    }

    return { bind, search, compare };
  }

  function facts() {
    return { supportedControls, offersStartTls: options.offersStartTls ?? false, highestUsn: highestUsn(), nowMs: now() };
  }

  function highestUsn(): bigint {
    let highest = 0n;
    for (const entry of store.subtree(baseKey)) {
      const usn = BigInt(entry.attributes.get('usnchanged')?.values[0]?.toString('latin1') ?? '0');
      if (usn > highest) highest = usn;
    }
    return highest;
  }

  return { supportedControls, openSession };
}

async function* refuse(result: LdapResult): AsyncGenerator<SearchPart, undefined> {
  yield { kind: 'done', result };
  return undefined;
}
