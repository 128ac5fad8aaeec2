import { z } from 'zod';
import { activationCalls, protocolVersion, refusal, refusalStatus } from './protocol.ts';

/** What each call is for, in a sentence. */
const summaries: Readonly<Record<keyof typeof activationCalls, string>> = {
  about: 'Says who answers and what time it is there.',
  activate:
    'Gives out a client certificate for one-time credentials and a certificate request (PKCS#10, ECDSA P-256). Who asks again with the same credentials and the same key, within the ten minutes that they live, gets the same certificate: the answer may have been lost. Another key is refused with credentials-used.',
  join: 'Makes an activated server a member of a group, once. The first server of a group is its master.',
  heartbeat: 'Says that a server is alive, and answers which servers are in its group.',
  renew: 'Gives out the next certificate. The one before it stays good until the next one is used.',
  leave: 'Ends membership and activation.',
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
};
const json = (schema: object) => ({ 'application/json': { schema } });

/** The protocol between a server and an activation authority as an OpenAPI 3.1 document, made of the schemas that both sides check with. */
export function activationOpenApi() {
  const codesByStatus = new Map<number, string[]>();
  for (const [code, status] of Object.entries(refusalStatus)) codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
  const refusals = Object.fromEntries(
    [...codesByStatus].map(([status, codes]) => [
      String(status),
      { description: `Refused: ${codes.join(', ')}.`, content: json({ $ref: '#/components/schemas/Refusal' }) },
    ]),
  );
  const paths = Object.fromEntries(
    Object.entries(activationCalls).map(([name, { path, certificate, input, output }]) => [
      path,
      {
        post: {
          operationId: name,
          summary: summaries[name as keyof typeof activationCalls],
          ...(certificate && { security: [{ clientCertificate: [] }] }),
          requestBody: { required: true, content: json(schemaOf(input, 'input')) },
          responses: { '200': { description: 'Done.', content: json(schemaOf(output, 'output')) }, ...refusals },
        },
      },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Activation of MFA servers',
      version: String(protocolVersion),
      description:
        'Spoken between an MFA server and its activation authority, over TLS 1.2 or later. The certificate of the authority is trusted by the SHA-256 fingerprint behind # in its address. Times are milliseconds since 1970-01-01 UTC. Bodies are at most 64 KiB.',
    },
    servers: [{ url: 'https://{host}:{port}', variables: { host: { default: 'mfa1.corp.example' }, port: { default: '8463' } } }],
    paths,
    components: {
      schemas: { Refusal: schemaOf(refusal, 'output') },
      securitySchemes: { clientCertificate: { type: 'mutualTLS', description: 'The certificate that activate or renew gave out.' } },
    },
  };
}
