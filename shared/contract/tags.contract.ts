import { z } from 'zod';
import { command, event, query } from './define.ts';

/** Names of colours; how each looks in light, dark and high contrast is for the window to know. */
export const tagColors = ['grey', 'blue', 'teal', 'green', 'gold', 'orange', 'red', 'purple'] as const;
export type TagColor = (typeof tagColors)[number];

/** UTF-16 units. Filters take no longer names (userFilter.ts). */
export const tagNameLimit = 128;
export const tagDescriptionLimit = 1024;
/** A list of tags is always read as a whole. */
export const mostTags = 1_000;

export const tag = z.object({
  id: z.number().int(),
  name: z.string(),
  color: z.enum(tagColors),
  description: z.string(),
  /** How many users have it. The recycle bin does not count. */
  users: z.number().int(),
});
export type Tag = z.infer<typeof tag>;

const typed = z.string().max(8_192);
const id = z.number().int();

/** Tags of users. Two names that differ in letter case or accents only are one. */
export const tagsContract = {
  /** All tags by name. */
  list: query('read', z.null(), z.object({ tags: z.array(tag) })),
  /** `conflict` when the name is taken, `invalid-input` for a name or a description that cannot be. */
  add: command(
    'manage',
    z.object({ name: typed, color: z.enum(tagColors).default('grey'), description: typed.default('') }),
    z.object({ id }),
  ),
  /** Changes what is given. As `add`, and `not-found`. */
  edit: command(
    'manage',
    z.object({ id, name: typed.optional(), color: z.enum(tagColors).optional(), description: typed.optional() }),
    z.null(),
  ),
  /** Takes the tag from everybody and removes it; answers how many users had it. */
  remove: command('manage', z.object({ id }), z.object({ users: z.number().int() })),
  /** Gives `into` to everybody who has one of `tags`, and removes those; answers how many users had one of them. */
  merge: command('manage', z.object({ tags: z.array(id).min(1).max(mostTags), into: id }), z.object({ users: z.number().int() })),
  /** A tag was added, changed or removed. Who has it changes with the users. */
  changed: event('read', z.null()),
};
