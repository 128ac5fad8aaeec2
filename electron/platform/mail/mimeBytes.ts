import type MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';

/** RFC 2045 section 6.7, rule 5. */
const lineLength = 76;

/**
 * The bytes of a mail whose parts are quoted-printable text and attachments, exactly those that nodemailer itself writes: it pipes every part through
 * half a dozen streams, which takes ten times as long as what they do. The headers are its own. `encoded`: each attachment's content in base64 (see
 * `base64Lines`).
 */
export function mimeBytes(root: MimeNode, encoded: ReadonlyMap<unknown, Uint8Array> = new Map()): Uint8Array {
  const pieces: (string | Uint8Array)[] = [];
  write(root, encoded, pieces);
  const last = pieces.at(-1);
  if (typeof last === 'string' && !last.endsWith('\n')) pieces.push('\r\n');
  if (encoded.size === 0) return Buffer.from(pieces.join(''), 'latin1');
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)));
}

function write(node: MimeNode, encoded: ReadonlyMap<unknown, Uint8Array>, pieces: (string | Uint8Array)[]): void {
  pieces.push(`${node.buildHeaders()}\r\n\r\n`);
  const { boundary } = node;
  if (!boundary) return void pieces.push(encoded.get(node.content) ?? body(node));
  for (const [index, child] of node.childNodes.entries()) {
    pieces.push(`${index > 0 ? '\r\n' : ''}--${boundary}\r\n`);
    write(child, encoded, pieces);
  }
  pieces.push(`\r\n--${boundary}--\r\n`);
}

function body({ content }: MimeNode): string {
  if (typeof content !== 'string') throw new TypeError('This part is no text.');
  return wrap(encode(content), lineLength).replaceAll(/\r?\n/g, '\r\n');
}
