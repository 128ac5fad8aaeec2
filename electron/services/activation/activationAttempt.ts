import { z } from 'zod';
import type { ActivationPorts, HostAndPort } from './activationPorts.ts';

const settingName = 'activationAttempt';
const attempt = z.object({ host: z.string(), port: z.number().int(), sha256: z.string(), email: z.string(), request: z.string() });
/** Under which the key of an attempt lies in the vault: it has no server id yet. */
const noServer = 'attempt';

type Made = Awaited<ReturnType<ActivationPorts['makeRequest']>>;

/**
 * Keeps the certificate request that went out with credentials, until the answer is here: where it was lost on the way, or this process
 * ended, the same credentials work once more, since the authority answers the same key again.
 */
export function createActivationAttempts({ settings, vault, makeRequest }: Pick<ActivationPorts, 'settings' | 'vault' | 'makeRequest'>) {
  const ownerOf = ({ host, port }: HostAndPort) => ({ host, port, serverId: noServer });
  const kept = () => attempt.safeParse(settings.read(settingName)).data;

  function end(): void {
    const before = kept();
    if (!before) return;
    vault.forget(ownerOf(before));
    settings.write(settingName, null);
  }

  return {
    /** The request of the attempt before, where it was for the same authority and credentials; else a new one. */
    async begin(target: HostAndPort & { readonly sha256: string }, email: string): Promise<Made> {
      const { host, port, sha256 } = target;
      const before = kept();
      if (before?.host === host && before.port === port && before.sha256 === sha256 && before.email === email) {
        // Without its key a request is of no use.
        const privateKey = await vault.take(ownerOf(before)).catch(() => null);
        if (privateKey) return { request: before.request, privateKey };
      }
      end();
      const made = await makeRequest();
      await vault.put(ownerOf(target), made.privateKey);
      settings.write(settingName, { host, port, sha256, email, request: made.request });
      return made;
    },
    end,
  };
}
