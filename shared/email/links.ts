import type { Segment } from './blocks.ts';

export interface LinkedSegment {
  readonly text: string;
  /** An absolute address with https or http. */
  readonly href?: string;
}

const address = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/gi;

/**
 * Finds the links of a line: addresses that the author wrote, and the User Portal's. A name or another value that looks like
 * an address is no link: people choose their own display names, and a mail of ours must not point where they say.
 */
export function linked(line: readonly Segment[]): LinkedSegment[] {
  return line.flatMap(({ text, variable }): LinkedSegment[] => {
    if (variable === 'user_portal_url') return [isWebAddress(text) ? { text, href: text } : { text }];
    return variable === undefined ? linksIn(text) : [{ text }];
  });
}

function linksIn(text: string): LinkedSegment[] {
  const pieces: LinkedSegment[] = [];
  let from = 0;
  for (const found of text.matchAll(address)) {
    if (found.index > from) pieces.push({ text: text.slice(from, found.index) });
    pieces.push({ text: found[0], href: found[0] });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** An address that a browser opens, without a user name in it that could pass for the host. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?(?:[/?#][^\s<>"'\\]*)?$/.test(text);
}
