import { attachmentMaxBytes, attachmentsMaxBytes } from './attachmentLimits.ts';
import { parseMailbox, splitMailboxes } from './mailbox.ts';
import type { MailAttachment } from './templateContent.ts';
import type { Finding } from './templateProblem.ts';
import { controlCharacter } from '../lib/controlCharacter.ts';

/** Who is named in Cc gets a copy of every mail: a long list is a mistake, or belongs into a group of the mail server. */
const mostAddresses = 20;
/** What Outlook does not let its reader open ("Blocked attachments in Outlook", Microsoft). The most usual of a long list. */
const blocked =
  /\.(?:exe|com|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|wsh|msi|msp|scr|pif|reg|hta|lnk|jar|cpl|chm|iso|url|inf|dll|application|appref-ms)$/i;

/** Empty is fine: then the From of the settings holds. */
export function checkFrom(text: string): Finding[] {
  if (text === '') return [];
  return controlCharacter.test(text) || parseMailbox(text) !== null
    ? steering(text)
    : [{ kind: 'not-an-address', at: 0, length: text.length }];
}

export function checkMailboxes(text: string): Finding[] {
  const found = steering(text);
  if (found.length > 0) return found;
  const mailboxes = splitMailboxes(text);
  const wrong = mailboxes.filter((one) => parseMailbox(one.text) === null);
  const over = mailboxes[mostAddresses];
  return [
    ...wrong.map(({ at, text: written }): Finding => ({ kind: 'not-an-address', at, length: written.length })),
    ...(over ? [{ kind: 'too-many-addresses', at: over.at, length: over.text.length } as const] : []),
  ];
}

/** Who can put a line break into a header can write headers of his own. */
function steering(text: string): Finding[] {
  const found = controlCharacter.exec(text);
  return found ? [{ kind: 'control-character', at: found.index, length: 1 }] : [];
}

export function checkAttachments(attachments: readonly Pick<MailAttachment, 'name' | 'bytes'>[]): Finding[] {
  const about = (kind: Finding['kind'], name: string): Finding => ({ kind, at: 0, length: 0, written: name });
  const names = attachments.map(({ name }) => name.toLowerCase());
  const bytes = attachments.reduce((sum, one) => sum + one.bytes, 0);
  return [
    ...attachments.flatMap(({ name, bytes: size }, index) => {
      if (!isFileName(name)) return [about('attachment-name', name)];
      if (size > attachmentMaxBytes) return [about('attachment-too-large', name)];
      if (names.indexOf(name.toLowerCase()) !== index) return [about('attachment-twice', name)];
      return blocked.test(name) ? [about('attachment-blocked', name)] : [];
    }),
    ...(bytes > attachmentsMaxBytes ? [about('attachments-too-large', attachments.at(-1)!.name)] : []),
  ];
}

/** A name that every system can give a file: it is exported as one. */
export function isFileName(name: string): boolean {
  return name.length <= 200 && !controlCharacter.test(name) && !/[<>:"/\\|?*]/.test(name) && !/^\.+$|^$|^\s|[\s.]$/.test(name);
}
