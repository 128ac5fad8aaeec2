import type MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';

/** RFC 2045 section 6.7, rule 5. */
const lineLength = 76;

/**
 * The bytes of a mail whose parts are quoted-printable text, exactly those that nodemailer itself writes: it pipes every part through half a
 * dozen streams, which takes ten times as long as what they do. The headers are its own.
 */
export function mimeBytes(root: MimeNode): Uint8Array {
  const text = written(root);
  return Buffer.from(text.endsWith('\n') ? text : `${text}\r\n`, 'latin1');
}

function written(node: MimeNode): string {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  const { boundary } = node;
  if (!boundary) return head + body(node);
  const children = node.childNodes.map((child, index) => `${index > 0 ? '\r\n' : ''}--${boundary}\r\n${written(child)}`);
  return `${head}${children.join('')}\r\n--${boundary}--\r\n`;
}

function body({ content }: MimeNode): string {
  if (typeof content !== 'string') throw new TypeError('This part is no text.');
  return wrap(encode(content), lineLength).replaceAll(/\r?\n/g, '\r\n');
}
