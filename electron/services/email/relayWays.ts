import type { EmailSettings, RelayWay } from '../../../shared/contract/email.contract.ts';
import { isAppError } from '../../../shared/contract/errors.ts';
import type { Relay } from './mailPorts.ts';

/** How mail servers usually take mails from programs, the best first (RFC 6409, RFC 8314 section 3.3). */
const usualWays: readonly RelayWay[] = [
  { port: 587, security: 'starttls' },
  { port: 465, security: 'tls' },
  { port: 25, security: 'starttls' },
  { port: 25, security: 'none' },
];

/** A firewall that drops what comes answers nothing at all. */
const patienceMs = 5_000;

/**
 * The usual ways in which this relay answers, besides the one that is configured; all are tried at once, and nobody signs in. A certificate
 * that is not trusted yet is no reason against one. In clear text only where nothing else answers and nobody signs in.
 */
export async function findRelayWays(relay: Relay, configured: EmailSettings['relay'], signal: AbortSignal): Promise<RelayWay[]> {
  async function answers(way: RelayWay): Promise<boolean> {
    const target = { relay: { ...configured, ...way, auth: 'none' as const, user: '' }, password: null };
    try {
      const session = await relay.open(target, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
      await session.close();
      return true;
    } catch (error) {
      signal.throwIfAborted();
      return isAppError(error) && error.code.startsWith('certificate-');
    }
  }
  const others = usualWays.filter(({ port, security }) => port !== configured.port || security !== configured.security);
  const found = await Promise.all(others.map(answers));
  const ways = others.filter((_way, index) => found[index]);
  const secure = ways.filter(({ security }) => security !== 'none');
  return secure.length > 0 || configured.auth !== 'none' ? secure : ways;
}
