import { AppError } from '../../../shared/contract/errors.ts';
import { networkSettings, type NetworkSettings } from '../../../shared/contract/network.contract.ts';

/** What was saved, checked: the file may come from another version or another hand. Throws `store-damaged`. */
export function readNetworkSettings(saved: unknown): NetworkSettings {
  const parsed = networkSettings.safeParse(saved ?? { own: [], switched: {} });
  if (parsed.success) return parsed.data;
  throw new AppError('store-damaged', 'The saved targets of the Firewall page cannot be read.', { cause: parsed.error });
}
