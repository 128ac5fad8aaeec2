import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { TokenRow, tokensContract } from '../../../shared/contract/tokens.contract.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { readSecretKey, secretKeyProblemText, type SecretEncoding } from '../../../shared/tokens/secretKey.ts';
import type { Call, JobStarter } from '../../runtime/call.ts';
import { createCodes, searchPosition, tidyCode, type ResyncCodes } from './tokenCodes.ts';
import { factsOf, mergeTokenEdit } from './tokenEdit.ts';
import { checkFacts, tidyFacts } from './tokenFacts.ts';
import type { ImportMethods } from './tokenImports.ts';
import { secretContext } from '../../../shared/tokens/secretContext.ts';
import type { Spent, TokenReader, TokenStore, TokenSealer } from './tokenPorts.ts';

export interface TokenServicePorts {
  readonly reader: TokenReader;
  readonly store: TokenStore;
  readonly jobs: JobStarter;
  sealer(): Promise<Pick<TokenSealer, 'seal' | 'open'>>;
  /** Tokens changed; `usersToo` when somebody got or lost one. */
  changed(usersToo: boolean): void;
  now(): number;
  /** Lets others do something. */
  pause(): Promise<void>;
}

/** Tokens removed in one transaction; more would keep other writers waiting. */
const removedAtOnce = 200;

/** Keeps OATH tokens: who has which, and how far its clock has drifted. Secrets come in and never go out. */
export function createTokenService(ports: TokenServicePorts): Omit<Implementation<typeof tokensContract, Call>, ImportMethods> {
  const { reader, store } = ports;

  function known(id: number): TokenRow {
    const token = store.get({ id });
    if (!token) throw new AppError('not-found', 'This token no longer exists.', { details: { id } });
    return token;
  }

  async function sealing(text: string, encoding: SecretEncoding, counter: number) {
    const secret = readSecret(text, encoding);
    const sealer = await ports.sealer();
    return { seal: (id: number) => sealer.seal(secretContext(id), secret), counter };
  }

  /** Where the token is, told by its codes. Throws `code-wrong` or `code-already-used`. */
  async function locate(id: number, { code, nextCode }: ResyncCodes): Promise<Spent> {
    const key = store.key(id);
    if (!key) throw new AppError('not-found', 'This token no longer exists.', { details: { id } });
    if (key.kind === 'hotp' && nextCode === undefined)
      throw new AppError('invalid-input', 'A counter-based token (HOTP) needs two consecutive codes.', { details: { field: 'nextCode' } });
    const sealer = await ports.sealer();
    const codes = createCodes(sealer.open(secretContext(id), key.sealed), key);
    const wanted = { code: tidyCode(code), ...(nextCode !== undefined && { nextCode: tidyCode(nextCode) }) };
    const match = await searchPosition(key, codes, wanted, ports.now(), ports.pause);
    if (match.result === 'accepted') return { key, after: match.after };
    if (match.result === 'already-used') throw new AppError('code-already-used', 'This code was used already. Wait for the next one.');
    throw new AppError('code-wrong', codeWrongText(key.kind, nextCode !== undefined));
  }

  return {
    async list(window, { signal }) {
      return { rows: await reader.list(window, signal), offset: window.offset };
    },
    async count(selection, { signal }) {
      return { count: await reader.count(selection, signal) };
    },
    async get(key) {
      const token = store.get(key);
      if (token) return token;
      const name = 'serial' in key ? key.serial : String(key.id);
      throw new AppError('not-found', `There is no token ${name}.`, { details: { token: name } });
    },
    async idsAt(list, { signal }) {
      return { ids: await reader.idsAt(list, signal) };
    },

    async placesOf(list, { signal }) {
      return { places: await reader.placesOf(list, signal) };
    },

    async add({ secret, encoding, counter, userId, ...typed }) {
      const facts = tidyFacts(typed);
      checkFacts(facts);
      const id = store.add(facts, await sealing(secret, encoding, counter), userId ?? null);
      ports.changed(userId !== undefined);
      return known(id);
    },

    async edit({ id, base = {}, changes: { secret, ...typed } }, call) {
      const sealed = secret ? await sealing(secret.key, secret.encoding, secret.counter) : null;
      store.edit(
        id,
        (current) => {
          const facts = mergeTokenEdit(current, { typed, isNewSecret: sealed !== null, base });
          call.note({ before: factsOf(current), after: facts, ...(secret && { secretReplaced: true }) });
          return facts;
        },
        sealed,
      );
      ports.changed(false);
      return known(id);
    },

    async previewRemove({ ids }, { signal }) {
      return { count: ids.length, ...(await reader.losses(ids, signal)) };
    },
    async remove({ ids }, call) {
      const only = ids.length === 1 ? store.get({ id: ids[0]! }) : null;
      call.note({ tokens: ids.length, ...(only && { serial: only.serial, username: only.user?.username }) });
      const jobId = await ports.jobs.start(call, {
        kind: 'tokens-remove',
        subject: only?.serial ?? '',
        async run({ signal, progress }) {
          let usersToo = false;
          progress({ phase: 'tokens-remove', done: 0, total: ids.length });
          try {
            for (let at = 0; at < ids.length; at += removedAtOnce) {
              signal.throwIfAborted();
              usersToo = store.remove(ids.slice(at, at + removedAtOnce)).unassigned > 0 || usersToo;
              progress({ done: Math.min(ids.length, at + removedAtOnce) });
              await ports.pause();
            }
          } finally {
            ports.changed(usersToo);
          }
        },
      });
      return { jobId };
    },
    async assign({ id, userId, code, nextCode }, call) {
      const spent = code === undefined ? null : await locate(id, { code, nextCode });
      store.assign(id, userId, spent);
      const token = known(id);
      call.note({ serial: token.serial, username: token.user?.username });
      ports.changed(true);
      return token;
    },
    async unassign({ id }, call) {
      const before = known(id);
      store.unassign(id);
      call.note({ serial: before.serial, username: before.user?.username });
      ports.changed(true);
      return known(id);
    },

    async resync({ id, code, nextCode }, call) {
      const spent = await locate(id, { code, nextCode });
      if (!store.reset(spent)) throw new AppError('code-already-used', 'This code was used meanwhile. Wait for the next one.');
      const token = known(id);
      call.note({ serial: token.serial, driftSeconds: token.driftSeconds });
      ports.changed(false);
      return token;
    },
  };
}

/** Throws AppError `secret-key-not-valid` with a sentence that tells where the typo is. */
function readSecret(text: string, encoding: SecretEncoding): Secret {
  const reading = readSecretKey(text, encoding);
  if ('bytes' in reading) return new Secret(Buffer.from(reading.bytes).toString('base64'));
  throw new AppError('secret-key-not-valid', secretKeyProblemText(reading.problem, encoding), { details: { field: 'secret' } });
}

function codeWrongText(kind: TokenRow['kind'], isTwoCodes: boolean): string {
  if (kind === 'hotp') return 'These are not two consecutive codes of this token, at most 1,000 presses ahead.';
  return isTwoCodes
    ? 'These are not two consecutive codes of this token within a day.'
    : 'This is not a code of this token within an hour. Give the next code too, and a whole day is searched.';
}
