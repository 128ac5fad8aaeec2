import { z } from 'zod';
import { secretEncodings } from '../tokens/secretKey.ts';
import { idsOfRows, instant, jobRef, placedIds, placeRanges, placesOfRows, secretText, window } from './common.ts';
import { command, event, ownCommand, query } from './define.ts';

export const tokenKinds = ['totp', 'hotp'] as const;
export type TokenKind = (typeof tokenKinds)[number];
export const tokenAlgorithms = ['SHA1', 'SHA256', 'SHA512'] as const;
export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** `free`: nobody has it. What is not started or has expired accepts no code, whoever has it. */
export const tokenStates = ['free', 'assigned', 'not-started', 'expired'] as const;
export type TokenState = (typeof tokenStates)[number];

export const tokenColumns = [
  'serial',
  'username',
  'kind',
  'algorithm',
  'digits',
  'interval',
  'startsAt',
  'expiresAt',
  'state',
  'manufacturer',
  'model',
] as const;
export type TokenColumn = (typeof tokenColumns)[number];

/** Characters of a serial number, a manufacturer or a model; enough for all in use. */
export const tokenTextLimit = 100;

export const tokenRow = z.object({
  id: z.number().int(),
  serial: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  /** TOTP is RFC 6238, HOTP is RFC 4226. */
  kind: z.enum(tokenKinds),
  algorithm: z.enum(tokenAlgorithms),
  digits: z.number().int(),
  /** Seconds between two codes of a TOTP token; 0 for HOTP. */
  interval: z.number().int(),
  startsAt: instant.nullable(),
  /** The first moment at which the token accepts no code any more. */
  expiresAt: instant.nullable(),
  state: z.enum(tokenStates),
  /** Whose token it is. `removed`: that user is in the recycle bin, and the token waits for him. */
  user: z.object({ id: z.number().int(), username: z.string(), removed: z.boolean() }).nullable(),
  /** By how many seconds the clock of a TOTP token is ahead of the server's, as its codes told. */
  driftSeconds: z.number().int(),
  /** Another one after each replacement of the secret; tells nothing about it. */
  secretMark: z.string(),
  addedAt: instant,
  updatedAt: instant,
});
export type TokenRow = z.infer<typeof tokenRow>;

/** Which tokens a list or a count is about. Everything given must hold. */
export const tokenSelection = z.object({
  /** Contained in serial number, manufacturer, model or username; letter case does not matter. */
  search: z.string().max(256).default(''),
  state: z.enum(tokenStates).optional(),
  userId: z.number().int().optional(),
});
export type TokenSelection = z.output<typeof tokenSelection>;

/** Text as it is typed; the service trims it and says which limit it breaks. */
const typed = z.string().max(1024);
/** Seconds. 30 and 60 are usual; RFC 6238 §5.2 recommends 30. */
const interval = z.number().int().min(10).max(600);
const digits = z.number().int().min(6).max(8);

export const tokenFacts = z.object({
  serial: typed,
  manufacturer: typed.default(''),
  model: typed.default(''),
  kind: z.enum(tokenKinds).default('totp'),
  algorithm: z.enum(tokenAlgorithms).default('SHA1'),
  digits: digits.default(6),
  interval: interval.default(30),
  startsAt: instant.nullable().default(null),
  expiresAt: instant.nullable().default(null),
});
export type TokenFacts = z.output<typeof tokenFacts>;

export const newToken = tokenFacts.extend({
  secret: secretText,
  encoding: z.enum(secretEncodings).default('base32'),
  /** HOTP: the counter of the next code. */
  counter: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  /** Whom the token is given to at once. */
  userId: z.number().int().optional(),
});

/** What is absent stays. The secret can be replaced but never read. */
export const tokenChanges = z.object({
  serial: typed.optional(),
  manufacturer: typed.optional(),
  model: typed.optional(),
  kind: z.enum(tokenKinds).optional(),
  algorithm: z.enum(tokenAlgorithms).optional(),
  digits: digits.optional(),
  interval: interval.optional(),
  startsAt: instant.nullable().optional(),
  expiresAt: instant.nullable().optional(),
  /** Replaces the secret; counter and drift begin anew. */
  secret: z.object({ key: secretText, encoding: z.enum(secretEncodings), counter: z.number().int().min(0).default(0) }).optional(),
});

/** What somebody saw of a token when he began to edit it. */
export const tokenBase = tokenRow
  .pick({
    serial: true,
    manufacturer: true,
    model: true,
    kind: true,
    algorithm: true,
    digits: true,
    interval: true,
    startsAt: true,
    expiresAt: true,
    secretMark: true,
  })
  .partial();
export type TokenBase = z.infer<typeof tokenBase>;

/** A code is a secret for as long as it is good. */
const code = secretText.max(32);

/** A file that is sent in parts; each part is at most so many bytes. */
export const tokenFileLimits = { partBytes: 512 * 1024, fileBytes: 128 * 1024 * 1024 } as const;

const importRef = z.object({ importId: z.string().max(64) });

/** One row of a token file: what would become of it, or in the log what became of it. */
export const tokenImportRow = z.object({
  /** CSV: the line. PSKC: which key package. From 1. */
  row: z.number().int(),
  serial: z.string(),
  added: z.boolean(),
  /** Why it is skipped, or what to know of one that is added; otherwise empty. */
  text: z.string(),
});
export type TokenImportRow = z.infer<typeof tokenImportRow>;

export const tokenImportCounts = z.object({
  file: z.string(),
  format: z.enum(['pskc', 'csv']),
  total: z.number().int(),
  added: z.number().int(),
  skipped: z.number().int(),
});
export type TokenImportCounts = z.infer<typeof tokenImportCounts>;

const rowWindow = { onlySkipped: z.boolean().default(false), ...window };
const rowAnswer = z.object({ counts: tokenImportCounts, rows: z.array(tokenImportRow), total: z.number().int() });

const tokenRef = z.object({ id: z.number().int() });
/** Tokens that one command may be about. */
const tokensAtOnce = 200_000;

export const tokensContract = {
  /** One window of the list, sorted and filtered in the store. */
  list: query(
    'read',
    tokenSelection.extend({
      sort: z
        .object({ column: z.enum(tokenColumns), descending: z.boolean().default(false) })
        .default({ column: 'serial', descending: false }),
      ...window,
    }),
    z.object({ rows: z.array(tokenRow), offset: z.number().int() }),
  ),
  count: query('read', tokenSelection, z.object({ count: z.number().int() })),
  /** By serial number in any letter case, or by id. */
  get: query('read', z.union([tokenRef, z.object({ serial: z.string().min(1).max(1024) })]), tokenRow),
  /** `serial-taken` when a token has this serial number already, `secret-key-not-valid`, `invalid-input`, `token-assigned` with `userId`. */
  add: command('manage', newToken, tokenRow),
  /**
   * `base` is what the token was when somebody began to edit: where somebody else has meanwhile changed one of the same fields to
   * something else nothing is written (`changed-meanwhile`, `details.fields`). Without `base` the changes win. Otherwise as `add`.
   */
  edit: command(
    'manage',
    z.object({ id: z.number().int(), base: tokenBase.optional().meta({ audited: false }), changes: tokenChanges }),
    tokenRow,
  ),
  /** How many of these tokens belong to users, and who would be left without any. Writes nothing. */
  previewRemove: query(
    'manage',
    z.object({ ids: z.array(z.number().int()).min(1).max(tokensAtOnce) }),
    z.object({
      count: z.number().int(),
      assigned: z.number().int(),
      /** Users who would have no token any more. */
      usersWithout: z.number().int(),
      /** Tokens that belong to users, at most 20; first those whose user would have none any more (`isLast`). */
      first: z.array(z.object({ serial: z.string(), username: z.string(), isLast: z.boolean() })),
    }),
  ),
  /** Removes tokens with their secrets; users who had them have them no more. A job; what it removed before a cancel is gone. */
  remove: command('manage', z.object({ ids: z.array(z.number().int()).min(1).max(tokensAtOnce) }), jobRef),
  /**
   * Gives a token to a user. `token-assigned` when somebody else has it. With `code`, only if that code is right, as in
   * `resync`.
   */
  assign: command(
    'manage',
    z.object({ id: z.number().int(), userId: z.number().int(), code: code.optional(), nextCode: code.optional() }),
    tokenRow,
  ),
  unassign: command('manage', tokenRef, tokenRow),
  /**
   * Finds out how far a token has drifted. TOTP: one code finds an hour, two consecutive ones a day to either side. HOTP: two
   * consecutive codes. `code-wrong` when nothing fits, `code-already-used`.
   */
  resync: command('manage', z.object({ id: z.number().int(), code, nextCode: code.optional() }), tokenRow),
  /** Ids of the tokens at these places of a list (`to` excluded), for commands on a selection. At most 200,000. */
  idsAt: query(
    'read',
    tokenSelection.extend({
      sort: z.object({ column: z.enum(tokenColumns), descending: z.boolean().default(false) }),
      ranges: placeRanges,
    }),
    idsOfRows,
  ),
  /** Where these tokens are in a list now, in the order of the ids; null for those that are not in it. */
  placesOf: query(
    'read',
    tokenSelection.extend({
      sort: z.object({ column: z.enum(tokenColumns), descending: z.boolean().default(false) }),
      ids: placedIds,
    }),
    placesOfRows,
  ),
  /** Announces a file of so many bytes. It is kept in memory only, for half an hour. `token-file-too-large`. */
  openImport: ownCommand('manage', z.object({ fileName: z.string().max(1024), bytes: z.number().int().min(0) }), importRef),
  /** The next part of the file, Base64. */
  sendPart: ownCommand(
    'manage',
    importRef.extend({
      content: z
        .base64()
        .max(Math.ceil(tokenFileLimits.partBytes / 3) * 4 + 4)
        .meta({ secret: true }),
    }),
    z.object({ received: z.number().int() }),
  ),
  /** Reads the file and says what an import would do. Again with another password when that was wrong. Writes nothing. */
  readImport: ownCommand('manage', importRef.extend({ password: secretText.optional() }), tokenImportCounts),
  importRows: query('manage', importRef.extend(rowWindow), rowAnswer),
  /** Adds what was read, skipping what is there already. A job; what it added before a cancel stays and is in the log. */
  startImport: command('manage', importRef, jobRef),
  discardImport: ownCommand('manage', importRef, z.null()),
  /** The log of an import: each row of the file and what became of it. The last 20 imports have one. */
  importLog: query('read', jobRef.extend(rowWindow), rowAnswer),
  /** Tokens were added, changed or removed. What is shown should be read again. */
  changed: event('read', z.object({})),
};
