import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { activationCalls, refusalCodes } from '../../../shared/activation/protocol.ts';
import { activationOpenApi } from '../../../shared/activation/openApi.ts';

it('is in docs as it is spoken; "mfactl authority protocol" writes it anew', () => {
  const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'activation-api.json');

  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(activationOpenApi())));
});

it('names each call, which of them need a certificate, and each reason to refuse', () => {
  const document = activationOpenApi();
  const posts = Object.values(document.paths).map(({ post }) => post);

  expect(posts.map(({ operationId }) => operationId)).toEqual(Object.keys(activationCalls));
  expect(posts.filter(({ security }) => security === undefined).map(({ operationId }) => operationId)).toEqual(['about', 'activate']);
  for (const code of refusalCodes) expect(JSON.stringify(posts[0]!.responses)).toContain(code);
});
