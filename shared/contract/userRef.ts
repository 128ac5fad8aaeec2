import { z } from 'zod';

/** One user, by id or by username in any letter case. */
export const userRef = z.union([z.object({ id: z.number().int() }), z.object({ username: z.string().min(1).max(512) })]);
export type UserRef = z.infer<typeof userRef>;
