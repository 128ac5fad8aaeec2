import { hostname } from 'node:os';
import { ownAddresses } from './ownAddresses.ts';

const loopback = ['localhost', '127.0.0.1', '::1'];

/** Names and addresses of this computer, the one that others know best first. */
export function ownNames(): string[] {
  const name = hostname();
  const domain = process.env['USERDNSDOMAIN'];
  const full = domain && !name.includes('.') ? [`${name}.${domain}`.toLowerCase()] : [];
  return [...new Set([...full, name, ...ownAddresses(), ...loopback])];
}
