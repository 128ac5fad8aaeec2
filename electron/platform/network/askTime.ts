import { createSocket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** Seconds from 1900-01-01, where NTP begins, to 1970-01-01. */
const epochSeconds = 2_208_988_800;
/** Where the seconds of NTP begin again: 2036-02-07 (RFC 4330 section 3). */
const eraSeconds = 2 ** 32;
const packetBytes = 48;

/** Something answered, but not with a time that can be used. */
export class BadTime extends Error {}

/** What of an answer can be used; throws `BadTime` where RFC 4330 section 5 says that it must not be. */
export function readAnswer(packet: Buffer, nonce: Buffer): { readonly receivedAt: number; readonly sentAt: number } {
  if (packet.length < packetBytes) throw new BadTime('The answer is too short.');
  const first = packet.readUInt8(0);
  if ((first & 7) !== 4) throw new BadTime('This is no answer of a server.');
  if (!packet.subarray(24, 32).equals(nonce)) throw new BadTime('This is no answer to our question.');
  const stratum = packet.readUInt8(1);
  // A stratum of 0 is a refusal ("kiss of death").
  if (stratum < 1 || stratum > 15 || first >> 6 === 3) throw new BadTime('The server does not know the time itself.');
  return { receivedAt: instantAt(packet, 32), sentAt: instantAt(packet, 40) };
}

function instantAt(packet: Buffer, at: number): number {
  const seconds = packet.readUInt32BE(at);
  // Without its highest bit it is one of the next era.
  const since1900 = seconds < 2 ** 31 ? seconds + eraSeconds : seconds;
  return (since1900 - epochSeconds + packet.readUInt32BE(at + 4) / 2 ** 32) * 1000;
}

/**
 * Asks an NTP server for the time (SNTP: RFC 4330 section 5, RFC 5905 section 14) and resolves to how far its clock is ahead of ours, and how long
 * the answer took. In place of our time the question carries a random number, by which the answer is known to be one to it. Rejects when the
 * signal aborts before there is one.
 */
export async function askTime(
  { address, port }: { readonly address: string; readonly port: number },
  signal: AbortSignal,
): Promise<{ readonly offsetMs: number; readonly roundTripMs: number }> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('The time server does not answer.')), { once: true });
      const nonce = randomBytes(8);
      const question = Buffer.alloc(packetBytes);
      // No leap second, version 4, client.
      question.writeUInt8((4 << 3) | 3, 0);
      nonce.copy(question, 40);
      let askedAt = 0;
      let started = 0;
      socket.on('error', reject);
      socket.on('message', (packet) => {
        const tookMs = performance.now() - started;
        try {
          const { receivedAt, sentAt } = readAnswer(packet, nonce);
          resolve({ offsetMs: (receivedAt - askedAt + (sentAt - (askedAt + tookMs))) / 2, roundTripMs: tookMs });
        } catch (error) {
          reject(error as Error);
        }
      });
      socket.connect(port, address, () => {
        askedAt = Date.now();
        started = performance.now();
        socket.send(question);
      });
    });
  } finally {
    socket.close();
  }
}
