import { z } from 'zod';
import { activationCalls, serverFacts } from './protocol.ts';

/** What a server without any connection hands to its authority, on a memory stick or by mail. Nothing of it is secret. */
export const requestFile = z.object({
  kind: z.literal('mfa-activation-request'),
  version: z.literal(1),
  /** PKCS#10, PEM. */
  request: z.string().max(16_384),
  server: serverFacts,
});
export type RequestFile = z.infer<typeof requestFile>;

const base64 = z.base64().max(65_536);

/** What the authority hands back; only the server that made the request can open it. */
export const answerFile = z.object({
  kind: z.literal('mfa-activation-answer'),
  version: z.literal(1),
  /** P-256 public key that was made for this answer (SPKI). */
  ephemeral: base64,
  nonce: base64,
  tag: base64,
  sealed: base64,
});
export type AnswerFile = z.infer<typeof answerFile>;

/** What is sealed in an answer: an activation and the membership of a group at once. */
export const answerContent = activationCalls.activate.output.extend({ group: activationCalls.join.output });
export type AnswerContent = z.infer<typeof answerContent>;

/** Reads one of these files; null for anything else. */
export function readActivationFile<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export const writeActivationFile = (file: RequestFile | AnswerFile): string => `${JSON.stringify(file, null, 2)}\n`;
