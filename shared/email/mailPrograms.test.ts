import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { createShippedTemplates } from '../../electron/platform/mail/mailTemplates.ts';
import { checkHtml } from './checkHtml.ts';
import { checkTemplate } from './checkTemplate.ts';
import { htmlTokens } from './htmlTokens.ts';
import { renderMail } from './renderMail.ts';
import { samplePortalUrl, sampleValues } from './sampleValues.ts';

const root = join(import.meta.dirname, '..', '..');
/** What the mail programs can, by feature: see the file. */
const { programs, features } = JSON.parse(readFileSync(join(root, 'build', 'testing', 'mailProgramSupport.json'), 'utf8')) as {
  programs: string[];
  features: Record<string, string>;
};
const outlookForWindows = programs.indexOf('outlook.windows');

const library = createShippedTemplates(join(root, 'assets', 'email'))();
const values = { ...sampleValues, company_name: 'Contoso', user_portal_url: samplePortalUrl };
const mails = Object.entries(library).flatMap(([language, templates]) =>
  Object.values(templates).map((source) => renderMail(source, values, language).html),
);

/** What a feature is called in the data, where it is not the name itself. */
const groups: Readonly<Record<string, string>> = {
  ...{ 'html-h1': 'html-h1-h6', 'html-ul': 'html-lists', 'html-ol': 'html-lists', 'html-li': 'html-lists', 'html-a': 'html-anchor-links' },
  ...{ 'html-tr': 'html-table', 'html-td': 'html-table', 'html-th': 'html-table', 'html-html': 'html-doctype' },
  ...{
    'css-border-bottom': 'css-border',
    'css-border-left': 'css-border',
    'css-border-color': 'css-border',
    'css-font-family': 'css-font',
  },
  ...{ 'css-padding-left': 'css-padding', 'css-padding-right': 'css-padding', 'css-supported-color-schemes': 'css-color-scheme' },
};
/** Older than any mail program in the data; or no more than a word to those who read it. */
const everywhere = new Set(
  'html-br html-head html-title html-meta html-border html-class html-href html-content html-charset html-name html-scope html-mso css-mso-line-height-rule css-color'.split(
    ' ',
  ),
);

interface Used {
  readonly element: string;
  readonly property: string;
  readonly value: string;
}

/** All that our mails are built of: names of features, and the declarations of all elements. */
function usedBy(htmls: readonly string[]): { names: Set<string>; inline: Used[] } {
  const names = new Set<string>();
  const inline: Used[] = [];
  for (const token of htmls.flatMap((html) => htmlTokens(html))) {
    if (token.kind === 'text' && token.text.includes('@media')) {
      for (const [, property] of token.text.matchAll(/([a-z-]+):(?=[^)]*?[;}])/g)) names.add(`css-${property}`);
      for (const [, feature] of token.text.matchAll(/@media \(([a-z-]+)/g))
        names.add(features[`css-at-media-${feature}`] ? `css-at-media-${feature}` : 'css-at-media');
      names.add('css-important').add('css-selector-class');
    }
    if (token.kind !== 'open') continue;
    names.add(`html-${token.name}`);
    for (const { name, value } of token.attributes) {
      if (name !== 'style') names.add(token.name === 'meta' && value.includes('color-scheme') ? 'html-meta-color-scheme' : `html-${name}`);
      for (const declaration of name === 'style' ? value.split(';') : []) {
        const [property = '', ...rest] = declaration.split(':');
        names.add(`css-${property}`);
        inline.push({ element: token.name, property, value: rest.join(':') });
      }
    }
  }
  return { names, inline };
}

/** What some of the programs do not support, or in part: why the mail is whole there all the same. */
const onPurpose: Readonly<Record<string, string>> = {
  'css-at-media': 'Small screens and dark colours come on top: without them the mail is light, and its card shrinks by max-width.',
  'css-at-media-prefers-color-scheme': 'Who does not know it shows the light mail, or turns its colours round by itself.',
  'css-border': 'At most 3 px, on cells and tables only.',
  'css-color-scheme': 'Tells Apple Mail that the mail has dark colours of its own; everybody else passes it over.',
  'css-font-size': 'In px only.',
  'css-font-weight': '400 or 600: Word makes normal or bold of them.',
  'css-important': 'Only where @media is known.',
  'css-line-height': 'Word takes it as it is with mso-line-height-rule:exactly.',
  'css-margin': 'Never negative or auto, and on nothing but blocks; that the page has a margin in Outlook harms nothing.',
  'css-max-width': 'On a table, where Word knows it; on an iPhone @media does the same.',
  'css-padding': 'On cells only; that all cells of a row get the largest is what we want.',
  'css-selector-class': 'Only in the style element.',
  'css-text-align': 'Left only.',
  'css-text-decoration': 'A link is underlined without it.',
  'css-white-space': 'A label may break into two lines.',
  'css-width': 'On a table, which has the attribute as well.',
  'css-word-break': 'Long addresses would make the card wider, which is better than cutting them.',
  'html-align': 'Center, on a cell.',
  'html-anchor-links': 'Links lead out of the mail, never into it.',
  'html-body': 'Its colour is that of the table around everything too.',
  'html-doctype': 'Word has one way to lay out.',
  'html-lists': 'Neither reversed nor with values.',
  'html-meta-color-scheme': 'See color-scheme.',
  'html-role': 'Only what reads aloud misses it.',
  'html-style': 'In the head, under 16 KB, and all that it says may be lost.',
  'html-width': 'On tables only, never on a picture.',
};

describe('the mails that ship, in Outlook, Gmail and Apple Mail by the data of caniemail.com', () => {
  const { names, inline } = usedBy(mails);
  const known = [...names].map((name) => groups[name] ?? name).filter((name) => !everywhere.has(name));

  it('are built of nothing that the data does not know', () => {
    expect(mails).toHaveLength(4 * 27);
    expect(known.filter((name) => features[name] === undefined)).toEqual([]);
  });

  it('use nothing that one of them lacks, but for what is lost on purpose', () => {
    const notEverywhere = new Set(known.filter((name) => /[^y]/.test(features[name]!)));

    expect([...notEverywhere].toSorted()).toEqual(Object.keys(onPurpose).toSorted());
  });

  /** Notes of the data about what Outlook for Windows knows in part. */
  test.each<[what: string, isWrong: (used: Used) => boolean]>([
    [
      'padding outside of cells',
      ({ element, property, value }) => property.startsWith('padding') && /[1-9]/.test(value) && !/^t[dh]$/.test(element),
    ],
    [
      'a margin that is negative, or auto, or on a span',
      ({ element, property, value }) => property.startsWith('margin') && (/-\d|auto/.test(value) || element === 'span'),
    ],
    ['a width of anything but a table', ({ element, property }) => /^(?:max-)?width$/.test(property) && element !== 'table'],
    [
      'a border over 8 px, or on a paragraph',
      ({ element, property, value }) => property.startsWith('border') && (Number.parseInt(value, 10) > 8 || !element.startsWith('t')),
    ],
    ['a size in anything but px', ({ property, value }) => property === 'font-size' && !/^\d+px$/.test(value)],
    ['a weight that Word rounds', ({ property, value }) => property === 'font-weight' && !/^(?:400|600)$/.test(value)],
    ['a background that is more than a colour', ({ property }) => /^background(?!-color$)/.test(property)],
  ])('have not %s', (_what, isWrong) => {
    expect(inline.filter(isWrong)).toEqual([]);
  });

  it('say how high a line is in the way that Word takes as it is', () => {
    const styles = mails.flatMap((html) => [...html.matchAll(/style="([^"]*line-height[^"]*)"/g)].map(([, style]) => style!));

    expect(styles.filter((style) => !style.includes('mso-line-height-rule:exactly'))).toEqual([]);
  });
});

/** How a feature is written, where its name is not the property. */
const written: Readonly<Record<string, string>> = {
  'css-align-items': 'align-items:center',
  'css-block-inline-size': 'block-size:1px',
  'css-border-inline-block': 'border-inline:1px solid',
  'css-border-inline-block-individual': 'border-inline-start:1px solid',
  'css-border-inline-block-longhand': 'border-block-width:1px',
  'css-border-radius-logical': 'border-start-start-radius:1px',
  'css-column-layout-properties': 'column-gap:1px',
  'css-conic-gradient': 'background:conic-gradient(red,blue)',
  'css-display-flex': 'display:flex',
  'css-display-grid': 'display:inline-grid',
  'css-function-clamp': 'width:clamp(1px,2px,3px)',
  'css-function-light-dark': 'color:light-dark(red,blue)',
  'css-function-max': 'width:max(1px,2px)',
  'css-function-min': 'width:min(1px,2px)',
  'css-grid-template': 'grid-template-columns:1fr',
  'css-intrinsic-size': 'width:fit-content',
  'css-left-right-top-bottom': 'left:1px',
  'css-linear-gradient': 'background:linear-gradient(red,blue)',
  'css-margin-block-start-end': 'margin-block-start:1px',
  'css-margin-inline-block': 'margin-inline:1px',
  'css-margin-inline-start-end': 'margin-inline-end:1px',
  'css-modern-color': 'color:oklch(1 1 1)',
  'css-padding-block-start-end': 'padding-block-start:1px',
  'css-padding-inline-block': 'padding-inline:1px',
  'css-padding-inline-start-end': 'padding-inline-end:1px',
  'css-radial-gradient': 'background:radial-gradient(red,blue)',
  'css-rgba': 'color:rgba(0,0,0,0.5)',
  'css-scroll-snap': 'scroll-snap-type:x',
  'css-sytem-ui': 'font-family:system-ui',
  'css-unit-calc': 'width:calc(1px + 1px)',
  'css-unit-ch': 'width:1ch',
  'css-unit-initial': 'color:initial',
  'css-unit-rem': 'font-size:1rem',
  'css-unit-vh': 'height:1vh',
  'css-unit-vmax': 'height:1vmax',
  'css-unit-vmin': 'height:1vmin',
  'css-unit-vw': 'height:1vw',
  'css-variables': '--x:1px',
};
/** What Outlook drops and the check does not tell, and why. */
const untold: readonly (readonly [feature: RegExp, why: string])[] = [
  [/^css-(?:at-|pseudo-|selector-|nesting)/, 'Rules that come on top for those who know them.'],
  [/^css-color-scheme$|^html-meta-color-scheme$/, 'It is meant for Apple Mail.'],
  [/^css-inert-attribute$/, 'Found as an attribute.'],
  [/^html-(?:abbr|acronym|aria-|loading)/, 'Nothing that is seen is lost.'],
  [/^html-(?:required)$/, 'Its field is told.'],
  [/^html-doctype$/, 'It changes nothing.'],
  [/^html-object$/, 'An error: see `html-forbidden`.'],
  [/^image-(?:gif|base64|apng|ico)$/, 'The first picture of an animation is shown; the others are not linked.'],
];
const elementsOf: Readonly<Record<string, string>> = {
  'html-semantics': '<section>a</section>',
  'html-srcset': '<img alt="" srcset="a.png 2x">',
  ...{ 'html-hidden': '<p hidden>a</p>', 'html-popover': '<p popover>a</p>' },
};

describe('what the check tells the author of HTML', () => {
  const lost = Object.keys(features).filter(
    (name) => features[name]![outlookForWindows] === 'n' && !untold.some(([feature]) => feature.test(name)),
  );
  const kinds = (html: string) => checkHtml(html).map(({ kind }) => kind);

  test.each(lost.filter((name) => name.startsWith('css-')))('of what Outlook for Windows drops: %s', (name) => {
    const declaration = written[name] ?? `${name.slice('css-'.length)}:1px`;

    expect(kinds(`<table style="${declaration}"><tr><td>a</td></tr></table>`)).toContain('html-dropped');
    expect(kinds(`<style>/* ; { */ @media (a) { b { ${declaration} } } .a { color: red; ${declaration} }</style>`)).toEqual([
      'html-dropped',
    ]);
  });

  test.each(lost.filter((name) => name.startsWith('html-')))('of what Outlook for Windows drops: %s', (name) => {
    const [, element = ''] = /^html-([a-z]+)/.exec(name)!;

    expect(kinds(elementsOf[name] ?? `<${element}>a</${element}>`)).toContain('html-dropped');
  });

  test.each(lost.filter((name) => name.startsWith('image-')))('of what Outlook for Windows drops: %s', (name) => {
    expect(kinds(`<img alt="" src="https://x.example/a.${name.slice('image-'.length)}?b">`)).toContain('html-dropped');
  });

  it('says nothing about what Outlook for Windows knows', () => {
    const style =
      'color:#f00;background-color:#fff;font:bold 12px Arial;margin:0 0 6px;text-align:left;border:1px solid red;letter-spacing:1px';
    const cell = `${style};padding:6px;width:100px;vertical-align:top`;

    expect(
      kinds(`<style>p { ${style} } a:hover { color: red }</style><table style="${style};width:600px;max-width:100%" width="600"><tr>
<td style="${cell}"><p style="${style}">a</p><img style="display:block;padding:0" alt="" width="1" src="https://x.example/a.png"></td></tr></table>`),
    ).toEqual(['image-remote']);
  });

  test.each([
    ['<p style="padding:0 6px">a</p>', '1:4 padding outside of table cells'],
    ['<div style="width:600px">a</div>', '1:6 width of <div>'],
    ['<table style="margin:0 auto"></table>', '1:8 margin:0 auto'],
    ['<span style="display:inline-block">a</span>', '1:7 display:inline-block'],
    ['<style>\n.a { color: red;\n  float: left }</style>', '3:3 float'],
    ['<style>@import "https://x.example/a.css";</style>', '1:8 https://x.example/a.css'],
    ['<meta http-equiv="Refresh" content="0;url=https://x.example">', '1:1 <meta http-equiv="Refresh" content="0;url=https://x.example">'],
  ])('with its place: %s', (body, place) => {
    const { line, column, written: said } = checkTemplate({ subject: 'S', body, format: 'own-html' }, [])[0]!;

    expect(`${line}:${column} ${said}`).toBe(place);
  });
});
