import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export const hangStages = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'content'] as const;
export type HangStage = (typeof hangStages)[number];

/** A mail server that speaks until one stage, and then neither answers nor hangs up. Without a stage it takes every mail. */
export async function startHangingRelay(): Promise<{
  readonly port: number;
  hangAt: HangStage | null;
  taken: number;
  stop(): Promise<void>;
}> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    let isContent = false;
    let rest = '';
    const answer = (stage: HangStage | null, text: string): void => {
      if (stage === null || stage !== relay.hangAt) socket.write(`${text}\r\n`);
    };
    answer('greeting', '220 hanging.test ESMTP');
    socket.setEncoding('latin1').on('data', (text) => {
      rest += String(text);
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (isContent) {
          if (line !== '.') continue;
          isContent = false;
          relay.taken += 1;
          answer('content', '250 2.0.0 Ok');
        } else if (line === 'DATA') {
          isContent = relay.hangAt !== 'DATA';
          answer('DATA', '354 Go on');
        } else {
          const stage = hangStages.find((name) => line.startsWith(name)) ?? null;
          answer(stage, '250 Ok');
          if (line === 'QUIT') socket.end();
        }
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const relay = {
    port: (server.address() as AddressInfo).port,
    hangAt: null as HangStage | null,
    taken: 0,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return relay;
}
