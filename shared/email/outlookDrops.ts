/**
 * What Outlook for Windows leaves out, since it lays out with Word (caniemail.com, the data of 2026-05-13, to which a test holds this list; "Word 2007
 * HTML and CSS Rendering Capabilities in Outlook 2007", Microsoft). Text in an element of these stays; what the element does is lost.
 */
const elements = new Set(
  (
    'form input button select textarea video audio svg canvas picture math dialog marquee meter progress ruby rp rt wbr bdi ' +
    'article aside figcaption figure footer header main mark nav section summary details time'
  ).split(' '),
);
const attributes = new Set(['hidden', 'inert', 'popover', 'srcset']);

const properties = new RegExp(
  `^(?:${[
    'accent-color|aspect-ratio|animation(?:-.*)?|align-(?:content|items|self)|backdrop-filter|background-(?:attachment|blend-mode|clip|image|origin|position|repeat|size)',
    'block-size|border-(?:image.*|inline.*|block.*|spacing|(?:.*-)?radius)|box-(?:shadow|sizing)|caption-side|clear|clip-path|columns?(?:-.*)?|empty-cells',
    'filter|flex(?:-.*)?|float|font-(?:kerning|size-adjust|stretch)|gap|grid(?:-.*)?|hyphen(?:s|ate-.*)|inline-size|inset(?:-.*)?|justify-.*|left|right|top|bottom',
    'list-style-(?:image|position)|(?:margin|padding)-(?:block|inline).*|mask(?:-.*)?|max-(?:block-size|height|inline-size)|min-.*|mix-blend-mode|object-(?:fit|position)',
    'opacity|order|orphans|outline(?:-.*)?|overflow(?:-.*)?|perspective|place-.*|position|resize|rotate|row-gap|scale|scroll-.*|shape-.*|tab-size|table-layout|text-align-last',
    'text-decoration-.*|text-emphasis(?:-.*)?|text-(?:orientation|overflow|shadow|underline-.*|wrap)|transform(?:-.*)?|transition(?:-.*)?|translate|user-select|visibility',
    'white-space(?:-collapse)?|widows|word-(?:spacing|wrap)|writing-mode|z-index|--.*',
  ].join('|')})$`,
);
/** Where a value contains one of these, its declaration is lost. */
const values =
  /(?:\b(?:url|rgba|lch|oklch|lab|oklab|clamp|max|min|calc|var|light-dark|image-set|(?:repeating-)?(?:linear|radial|conic)-gradient)\(|\b(?:fit-content|min-content|max-content|initial|system-ui|ui-(?:sans-)?serif|ui-rounded|ui-monospace)\b|\d(?:rem|vh|vw|vmin|vmax|ch)\b)/i;
/** Of `display` it knows `none`; that a picture is a block or a link is not makes no difference that anybody sees. */
const layouts = /^(?:inline-|flow-root|contents|table)|flex|grid/;
/** Word knows these formats of pictures alone. */
const pictures = /\.(?:apng|avif|hei[cf]|hdr|ico|jxl|mp4|svg|tiff?|webm|webp)(?:[?#]|$)/i;

export const dropsElement = (name: string): boolean => elements.has(name);
export const dropsAttribute = (name: string): boolean => attributes.has(name);
export const dropsPicture = (address: string): boolean => pictures.test(address);

/** A declaration that is lost; `at` counts from the beginning of the text. */
export interface Dropped {
  readonly at: number;
  readonly written: string;
}

/** What is lost of a style attribute. `element`: whose it is; some properties hold for few only. */
export function droppedDeclarations(style: string, element = ''): Dropped[] {
  return [...style.matchAll(/(?<name>[a-z-][a-z0-9-]*)\s*:(?<value>[^;]*)/gi)].flatMap(({ index, groups }): Dropped[] => {
    const written = writtenOf(groups!['name']!.toLowerCase(), groups!['value']!.trim().toLowerCase(), element);
    return written === null ? [] : [{ at: index, written }];
  });
}

function writtenOf(name: string, value: string, element: string): string | null {
  if (properties.test(name)) return name;
  if (name === 'display' && layouts.test(value)) return `display:${value}`;
  if (name === 'max-width' && element !== 'table') return name;
  // In a style element nobody knows to what it will be applied.
  if (element !== '') {
    if (name.startsWith('padding') && /[1-9]/.test(value) && element !== 'td' && element !== 'th') return `${name} outside of table cells`;
    if ((name === 'width' || name === 'height') && /^(?:body|span|div|p|img)$/.test(element)) return `${name} of <${element}>`;
  }
  if (name.startsWith('margin') && /\bauto\b|-\d/.test(value)) return `${name}:${value}`;
  const lost = values.exec(value);
  return lost && (lost[0].endsWith('(') ? `${lost[0]})` : `${name}:${value}`);
}

/** What is lost of a style element. What stands in an at-rule such as `@media` is meant for those who know it. */
export function droppedRules(css: string): Dropped[] {
  const plain = css.replaceAll(/\/\*[^]*?(?:\*\/|$)/g, (comment) => ' '.repeat(comment.length));
  const found: Dropped[] = [];
  let depth = 0;
  /** Where the innermost block begins, and whether an at-rule is around it. */
  let from = 0;
  let isInAtRule = false;
  for (const { index, 0: mark } of plain.matchAll(/[{};]/g)) {
    if (mark === '{') {
      if (depth === 0) isInAtRule = plain.slice(from, index).trim().startsWith('@');
      depth += 1;
      from = index + 1;
    } else if (mark === '}') {
      if (depth === 1 && !isInAtRule) {
        const start = from;
        found.push(...droppedDeclarations(plain.slice(start, index)).map(({ at, written }) => ({ at: start + at, written })));
      }
      depth = Math.max(0, depth - 1);
      from = index + 1;
    } else if (depth === 0) from = index + 1;
  }
  return found;
}

/** Addresses of style sheets and fonts that a style element would load, without those of pictures. */
export function importedBy(css: string): Dropped[] {
  return [...css.matchAll(/@import\s+(?:url\(\s*)?["']?(?<address>[^"')\s;]+)/gi)].map(({ index, groups }) => ({
    at: index,
    written: groups!['address']!,
  }));
}
