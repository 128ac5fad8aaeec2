import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerCertificate } from './certificates.ts';

export interface TokenEndpoint {
  readonly url: string;
  /** The forms that came, in order. */
  readonly forms: URLSearchParams[];
  /** What it answers; by default a token that is valid for an hour, `token-1` and so on. */
  answer: (form: URLSearchParams) => { status: number; body: string } | null;
  stop(): Promise<void>;
}

/** An HTTPS server that gives tokens for client credentials. Where its answer is null it never answers. */
export async function startTokenEndpoint({ certificateFile, keyFile }: ServerCertificate): Promise<TokenEndpoint> {
  const forms: URLSearchParams[] = [];
  const server = createServer({ cert: readFileSync(certificateFile), key: readFileSync(keyFile) }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      forms.push(form);
      const answer = endpoint.answer(form);
      if (answer) response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint: TokenEndpoint = {
    url: `https://localhost:${(server.address() as AddressInfo).port}/oauth2/v2.0/token`,
    forms,
    answer: () => ({
      status: 200,
      body: JSON.stringify({ access_token: `token-${forms.length}`, expires_in: 3600, token_type: 'Bearer' }),
    }),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return endpoint;
}
