import { z } from 'zod';

/**
 * LDAP counts its time limit in seconds, everything that waits here in milliseconds, and a mix-up is a limit of a thousandth or of hours.
 * So the two are types of their own: neither takes the place of the other, nor does a plain number.
 */
export const milliseconds = z.number().int().brand<'milliseconds'>();
export type Milliseconds = z.infer<typeof milliseconds>;

export type Seconds = number & z.$brand<'seconds'>;

export const asMilliseconds = (value: number): Milliseconds => value as Milliseconds;

/** Rounded up: no limit becomes none. */
export const toSeconds = (duration: Milliseconds): Seconds => Math.ceil(duration / 1000) as Seconds;
