import { z } from 'zod';
import { networkSettings, ownTarget, proxySettings, type NetworkSettings } from '../../../shared/contract/network.contract.ts';

const { switched, everyHours, eventConfirmation } = networkSettings.shape;
const readable = z.object({
  own: z
    .array(z.unknown())
    .catch([])
    .transform((all) => all.flatMap((each) => ownTarget.safeParse(each).data ?? [])),
  switched: switched.catch({}),
  everyHours: everyHours.catch(24),
  proxy: proxySettings.catch(() => proxySettings.parse({})),
  eventConfirmation: eventConfirmation.catch(false),
});

/**
 * What was saved; the file may come from another version or another hand. What of it cannot be read counts as never set: every call that
 * leaves this computer asks here for the proxy.
 */
export function readNetworkSettings(saved: unknown): NetworkSettings {
  return readable.safeParse(saved).data ?? readable.parse({});
}
