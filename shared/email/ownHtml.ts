import { partsOf } from '../texts/variableParts.ts';
import { plainValue } from './blocks.ts';
import { escapeHtml } from './htmlPart.ts';
import { htmlTokens } from './htmlTokens.ts';
import { isMailVariable, type MailValues } from './variables.ts';

/**
 * Fills HTML of the author in. Values are escaped: they can stand in text and in an attribute's quotes (`checkHtml` refuses variables elsewhere) and add
 * nothing there. A variable without a value is left out. What is no whole document becomes one.
 */
export function ownHtmlOf(body: string, values: MailValues, { title, language }: { title: string; language: string }): string {
  const filled = partsOf(body)
    .map(({ text, name, isClosed }) =>
      isClosed && name !== undefined && isMailVariable(name) ? escapeHtml(plainValue(values[name] ?? '')) : text,
    )
    .join('');
  if (/<html[\s>]/i.test(filled)) return filled;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
</head>
<body>
${filled}
</body>
</html>
`;
}

const unseen = new Set(['head', 'style', 'script', 'title', 'template']);
const blocks = new Set(
  'address article blockquote center div dl dt dd footer form h1 h2 h3 h4 h5 h6 header hr main ol p pre section table ul'.split(' '),
);
const lines = new Set(['br', 'li', 'tr', 'caption']);
const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', laquo: '«', raquo: '»' },
  ...{
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    bull: '•',
    copy: '©',
    reg: '®',
    trade: '™',
    euro: '€',
    shy: '',
    zwnj: '',
  },
  ...{ auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è', ecirc: 'ê', agrave: 'à' },
  ...{ aacute: 'á', iacute: 'í', oacute: 'ó', uacute: 'ú', ntilde: 'ñ', ccedil: 'ç', iquest: '¿', iexcl: '¡', ocirc: 'ô', icirc: 'î' },
};

/** The plain text part that goes with HTML of the author: what its reader would see, with the addresses of links beside them. */
export function textOfHtml(html: string): string {
  const done: string[] = [];
  let line = '';
  let hidden = 0;
  const hrefs: string[] = [];
  const breakLine = (): void => {
    if (line.trim() !== '') done.push(line.trim());
    line = '';
  };
  const breakBlock = (): void => {
    breakLine();
    if (done.length > 0 && done.at(-1) !== '') done.push('');
  };
  const say = (said: string): void => void (line += /\s/.test(line.at(-1) ?? ' ') ? said.trimStart() : said);
  for (const token of htmlTokens(html)) {
    if (token.kind === 'text' && hidden === 0) say(decoded(token.text).replaceAll(/\s+/g, ' '));
    if (token.kind !== 'open' && token.kind !== 'close') continue;
    const { name, kind } = token;
    if (unseen.has(name)) hidden = Math.max(0, hidden + (kind === 'open' ? 1 : -1));
    if (hidden > 0) continue;
    if (blocks.has(name)) breakBlock();
    else if (lines.has(name) && (kind === 'open' || name !== 'br')) breakLine();
    else if ((name === 'td' || name === 'th') && kind === 'close') say(' ');
    if (name === 'li' && kind === 'open') say('- ');
    if (name === 'img' && kind === 'open') say(decoded(valueOf(token.attributes, 'alt')));
    if (name === 'a' && kind === 'open') hrefs.push(decoded(valueOf(token.attributes, 'href')));
    if (name === 'a' && kind === 'close') {
      const href = hrefs.pop() ?? '';
      if (/^https?:/i.test(href) && !line.trimEnd().endsWith(href)) say(` (${href})`);
    }
  }
  breakLine();
  return `${done.join('\n').trim()}\n`;
}

function valueOf(attributes: readonly { readonly name: string; readonly value: string }[], name: string): string {
  return attributes.find((one) => one.name === name)?.value ?? '';
}

/** Text in place of its character references. */
function decoded(text: string): string {
  return text.replaceAll(/&(?:#(?<decimal>\d{1,7})|#x(?<hex>[0-9a-f]{1,6})|(?<name>[a-z]{2,8}));/gi, (whole, ...found) => {
    const { decimal, hex, name } = found.at(-1) as Record<string, string | undefined>;
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return code > 0x1f && code <= 0x10_ffff ? plainValue(String.fromCodePoint(code)) : ' ';
  });
}
