import { isMailAddress } from '../users/enteredText.ts';
import { controlCharacter } from '../lib/controlCharacter.ts';

/** A name that people read, and an address. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** Dot-atoms of RFC 5322 section 3.2.3 before the @: what is outside needs quotes, which relays handle badly, or SMTPUTF8. */
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** What no name of a host contains. Some of it would end the name where an address of the web ends its host, and the mail would go to another one. */
// eslint-disable-next-line no-control-regex -- these are what is refused
const notInDomain = /[\u0000-\u002c/:-@[-`{-\u007f]/;
/** Labels of RFC 1123 section 2.1, the last of which is no number. */
const asciiDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
// eslint-disable-next-line no-control-regex -- everything else needs its ASCII form
const ascii = /^[\u0000-\u007f]*$/;

/** Browsers and Node have it alike; code that both run knows the types of neither. */
declare const URL: { canParse(text: string): boolean; new (text: string): { readonly hostname: string } };

/** A domain as it travels (RFC 5890); empty where it is none. */
function travelling(domain: string): string {
  if (notInDomain.test(domain)) return '';
  const written = ascii.test(domain) ? domain : hostOf(domain);
  return asciiDomain.test(written) ? written : '';
}

/** What every parser of URLs makes of an international name. */
function hostOf(domain: string): string {
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : '';
}

/**
 * Whether a mail can be handed to any relay for this address: an ASCII local part of at most 64 octets and 254 octets in all, labels of at most 63
 * (RFC 5321 section 4.5.3.1, RFC 1035 section 2.3.4). The domain may be international; it counts, and travels, in its ASCII form.
 */
export function isDeliverable(address: string): boolean {
  if (controlCharacter.test(address) || address.length > 254 || !isMailAddress(address)) return false;
  const at = address.lastIndexOf('@');
  const domain = travelling(address.slice(at + 1));
  return at <= 64 && localPart.test(address.slice(0, at)) && domain !== '' && at + 1 + domain.length <= 254;
}

/** Reads `Name <address>` or an address alone. Null when a mail cannot carry it. */
export function parseMailbox(text: string): Mailbox | null {
  if (controlCharacter.test(text)) return null;
  const found = /^(?:"(?<quoted>[^"]*)"|(?<plain>[^<>"]*))\s*<(?<inner>[^<>]+)>$/.exec(text.trim());
  const address = (found?.groups?.['inner'] ?? text).trim();
  if (!isDeliverable(address)) return null;
  return { name: (found?.groups?.['quoted'] ?? found?.groups?.['plain'] ?? '').trim(), address };
}

/** A piece of a list of mailboxes and where it begins. */
export interface WrittenMailbox {
  readonly text: string;
  readonly at: number;
}

/** Takes a list apart at commas and semicolons, but for those in quotes and angle brackets. Empty pieces are left out. */
export function splitMailboxes(list: string): WrittenMailbox[] {
  return [...list.matchAll(/(?:"[^"]*"?|<[^>]*>?|[^",;<])+/g)].flatMap(({ index, 0: piece }) => {
    const text = piece.trim();
    return text === '' ? [] : [{ text, at: index + piece.indexOf(text) }];
  });
}

/** The mailboxes of a list; what is none is left out (see `checkContent`). */
export function parseMailboxes(list: string): Mailbox[] {
  return splitMailboxes(list).flatMap(({ text }) => parseMailbox(text) ?? []);
}

/** As people read it. */
export function writtenMailbox({ name, address }: Mailbox): string {
  return name === '' ? address : `${name} <${address}>`;
}
