import { partsOf } from '../texts/variableParts.ts';
import { isWebAddress } from './links.ts';
import type { Finding } from './templateProblem.ts';

const tagNames =
  'a|abbr|b|big|blockquote|body|br|button|center|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta|ol|p|pre|s|script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|u|ul|video';
const tag = new RegExp(`</?(?:${tagNames})(?=[\\s/>]|$)(?<rest>(?:<\\$[^$<>]*\\$>|[^<>])*)(?<end>>?)`, 'gi');

/** A body is plain text and gets its design from us: tags would be shown as they are written. */
export function checkMarkup(text: string): Finding[] {
  return [...text.matchAll(tag)].map(({ index, 0: written, groups }) =>
    groups?.['end'] === '>'
      ? { kind: 'markup', at: index, length: written.length }
      : { kind: 'tag-not-closed', at: index, length: written.length - (groups?.['rest']?.length ?? 0) },
  );
}

const written = /(?:https?:|\bwww\.)[^\s<>"']*/gi;

/** Links that no mail program makes one of, and links that a variable cuts in two (see `linked`). */
export function checkLinks(text: string): Finding[] {
  const parts = partsOf(text);
  return parts.flatMap(({ text: plain, name, at }, index): Finding[] => {
    if (name !== undefined) return [];
    return [...plain.matchAll(written)].flatMap(({ index: from, 0: whole }): Finding[] => {
      const address = whole.replace(/[.,;:!?)]+$/, '');
      const place = { at: at + from, length: address.length };
      const isCut = from + whole.length === plain.length && parts[index + 1]?.name !== undefined;
      if (isCut) return [{ kind: 'link-cut', ...place }];
      return isWebAddress(address) ? [] : [{ kind: 'link-not-readable', ...place }];
    });
  });
}
