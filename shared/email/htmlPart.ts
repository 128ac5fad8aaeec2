import type { Block, Segment } from './blocks.ts';
import { linked } from './links.ts';

/** Text where HTML shows it, and where an attribute in double quotes holds it. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/**
 * One design for all mails. Tables and inline styles, because Outlook for Windows lays out with Word and knows neither flexbox nor
 * max-width; no image and no font from elsewhere. The style element holds only what may be lost: dark colours and small screens.
 */
const font = "font-family:'Segoe UI',Helvetica,Arial,sans-serif";
/** Word takes a height of lines for the least one, unless it is told otherwise. */
const lines = (px: number): string => `mso-line-height-rule:exactly;line-height:${px}px`;
const style = {
  page: 'margin:0;padding:0;background-color:#f3f2f1',
  outer: 'background-color:#f3f2f1',
  card: 'width:600px;max-width:100%;background-color:#ffffff;border:1px solid #e1dfdd',
  banner: `padding:16px 32px;border-bottom:3px solid #0f6cbd;${font};font-size:14px;${lines(20)};color:#424242`,
  body: `padding:24px 32px 16px;${font};font-size:15px;${lines(22)};color:#242424`,
  heading: `margin:0 0 16px;${font};font-size:20px;${lines(28)};font-weight:600;color:#242424`,
  paragraph: 'margin:0 0 16px',
  // Word knows padding in cells alone: with it the marks would stand outside.
  list: 'margin:0 0 16px 24px;padding:0',
  item: 'margin:0 0 6px',
  facts: 'margin:0 0 16px;background-color:#f5f9fd;border-left:3px solid #0f6cbd',
  label: `padding:6px 16px;${font};font-size:14px;${lines(20)};color:#424242;white-space:nowrap;vertical-align:top;text-align:left;font-weight:400`,
  value: `padding:6px 16px;${font};font-size:15px;${lines(20)};font-weight:600;color:#242424;vertical-align:top;word-break:break-word`,
  link: 'color:#0f548c;text-decoration:underline;word-break:break-word',
} as const;

const adaptive = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page,.outer{background-color:#141414!important}.card{background-color:#1f1f1f!important;border-color:#3d3d3d!important}.ink{color:#f5f5f5!important}.soft{color:#d6d6d6!important}.facts{background-color:#26323d!important}a.link{color:#82c7ff!important}}
@media (max-width:620px){.card{width:100%!important}.pad{padding-left:16px!important;padding-right:16px!important}th.soft{white-space:normal!important}}`;

const table = 'role="presentation" cellpadding="0" cellspacing="0" border="0"';

/** The HTML part: a whole document that loads nothing from anywhere. */
export function htmlOf(blocks: readonly Block[], { title, banner, language }: { title: string; banner: string; language: string }): string {
  const head = banner.trim() === '' ? '' : `<tr><td class="pad soft" style="${style.banner}">${escapeHtml(banner)}</td></tr>\n`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${adaptive}</style>
</head>
<body class="page" style="${style.page}">
<table class="outer" ${table} width="100%" style="${style.outer}"><tr><td align="center" style="padding:24px 8px">
<table class="card" ${table} width="600" style="${style.card}">
${head}<tr><td class="pad ink" style="${style.body}">
${blocks.map(blockHtml).join('\n')}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

function lineHtml(line: readonly Segment[]): string {
  return linked(line)
    .map(({ text, href }) =>
      href === undefined ? escapeHtml(text) : `<a class="link" href="${escapeHtml(href)}" style="${style.link}">${escapeHtml(text)}</a>`,
    )
    .join('');
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h1 class="ink" style="${style.heading}">${lineHtml(block.line)}</h1>`;
    case 'paragraph':
      return `<p style="${style.paragraph}">${block.lines.map(lineHtml).join('<br>\n')}</p>`;
    case 'list': {
      const tag = block.numbered ? 'ol' : 'ul';
      const items = block.items.map((item) => `<li style="${style.item}">${lineHtml(item)}</li>`);
      return `<${tag} style="${style.list}">\n${items.join('\n')}\n</${tag}>`;
    }
    case 'facts': {
      const rows = block.rows.map(
        ({ label, value }) =>
          `<tr><th scope="row" class="soft" style="${style.label}">${escapeHtml(label)}</th><td class="ink" style="${style.value}">${lineHtml(value)}</td></tr>`,
      );
      return `<table class="facts" cellpadding="0" cellspacing="0" border="0" width="100%" style="${style.facts}">\n${rows.join('\n')}\n</table>`;
    }
  }
}
