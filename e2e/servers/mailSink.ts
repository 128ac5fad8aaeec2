import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export const sinkStages = ['connected', 'sender', 'recipient', 'receiving', 'lost', 'received', 'answered'] as const;
export type SinkStage = (typeof sinkStages)[number];

export interface MailSink {
  readonly port: number;
  /** How often each mail was received whole, by its Message-ID. The sink has said yes to each, or was about to. */
  readonly received: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/**
 * A mail server of our own that counts. `at` is called at each stage of each mail, before the sink answers (`answered`: just after). A mail that is whole
 * is forgotten, without an answer, when `at` says so for `lost`: its sender has done all, and it is nowhere.
 */
export async function startMailSink(at: (stage: SinkStage) => unknown = () => undefined): Promise<MailSink> {
  const received = new Map<string, number>();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session, done) => (at('connected'), done()),
    onMailFrom: (_address, _session, done) => (at('sender'), done()),
    onRcptTo: (_address, _session, done) => (at('recipient'), done()),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      at('receiving');
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (at('lost') === true) return;
        const id = /^Message-ID: (<[^>]+>)/im.exec(Buffer.concat(chunks).toString('latin1'))?.[1] ?? 'none';
        received.set(id, (received.get(id) ?? 0) + 1);
        at('received');
        done();
        at('answered');
      });
    },
  });
  // Who is killed resets his connections.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
