import { describe, expect, it, test } from 'vitest';
import { renderMail } from './renderMail.ts';

const render = (body: string, values: Parameters<typeof renderMail>[1] = {}) => renderMail({ subject: 'S', body }, values, 'en');
/** What stands in the frame of the design. */
const inner = (html: string) =>
  /<td class="pad ink"[^>]*>\n(?<inner>[^]*)\n<\/td><\/tr>\n<\/table>\n<\/td><\/tr><\/table>/
    .exec(html)!
    .groups!['inner']!.replaceAll(/ style="[^"]*"/g, '');

describe('rendering a mail', () => {
  it('says the same in text and in HTML', () => {
    const { text, html } = render('# Hi\n\nHello <$name$>,\nwelcome.\n\n1. One\n2. Two\n\nPhone: <$phone$>\nPIN: <$pin$>', {
      name: 'Anna',
      phone: '+1 425-555-0100',
      pin: '4831',
    });

    expect(text).toBe('Hi\n==\n\nHello Anna,\nwelcome.\n\n1. One\n2. Two\n\n    Phone: +1 425-555-0100\n    PIN:   4831\n');
    expect(inner(html)).toBe(
      [
        '<h1 class="ink">Hi</h1>',
        '<p>Hello Anna,<br>\nwelcome.</p>',
        '<ol>\n<li>One</li>\n<li>Two</li>\n</ol>',
        '<table class="facts" cellpadding="0" cellspacing="0" border="0" width="100%">',
        '<tr><th scope="row" class="soft">Phone</th><td class="ink">+1 425-555-0100</td></tr>',
        '<tr><th scope="row" class="soft">PIN</th><td class="ink">4831</td></tr>',
        '</table>',
      ].join('\n'),
    );
  });

  it('leaves out a line whose variable has no value, and a block without lines', () => {
    const mail = render('Phone: <$phone$>\nPIN: <$pin$>\n\nOnly <$pin$>.\n\nEnd', { phone: '1', pin: ' ' });

    expect(mail.text).toBe('    Phone: 1\n\nEnd\n');
    expect(mail.missing).toEqual(['pin']);
  });

  test.each([
    ['markup', '<script>alert(1)</script>"\'&', '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;'],
    ['a heading', '# Big', '# Big'],
    ['lines and a list', 'A\n\n- b\r\nPIN: 1', 'A - b PIN: 1'],
    ['a variable', '<$pin$>', '&lt;$pin$&gt;'],
    ['a link', 'https://evil.example', 'https://evil.example'],
    ['text that runs backwards', 'A\u202Etxt', 'A txt'],
  ])('takes %s in a display name for a name', (_case, name, shown) => {
    const { html, text } = render('<$name$>', { name, pin: '4831' });

    expect(inner(html)).toBe(`<p>${shown}</p>`);
    expect(text.split('\n')).toHaveLength(2);
  });

  it('links what the author wrote and the User Portal, but nothing that is no web address', () => {
    const link = (url: string) =>
      inner(render('Go to <$user_portal_url$> or https://help.example/a?b=1&c=2.', { user_portal_url: url }).html);

    expect(link('https://mfa.example/p')).toBe(
      '<p>Go to <a class="link" href="https://mfa.example/p">https://mfa.example/p</a> or <a class="link" href="https://help.example/a?b=1&amp;c=2">https://help.example/a?b=1&amp;c=2</a>.</p>',
    );
    expect(link('data:text/html,x')).toContain('Go to data:text/html,x or');
    expect(link('https://user@evil.example')).toContain('Go to https://user@evil.example or');
  });

  it('takes the company and the subject for text, too', () => {
    const hostile = '"><script>alert(1)</script>';
    const { html } = renderMail({ subject: `S ${hostile}`, body: 'Hello' }, { company_name: hostile }, 'en');

    expect(html).not.toContain('<script');
    expect(html.match(/&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)).toHaveLength(2);
  });

  it('loads nothing from anywhere', () => {
    const { html } = render('Hello');

    expect(html).not.toMatch(/<img|<link|<script|@import|url\(|src=/i);
  });

  it('has no HTML part where the format is plain text', () => {
    expect(renderMail({ subject: 'S', body: 'Hello', format: 'text' }, {}, 'en')).toMatchObject({ html: '', text: 'Hello\n' });
  });
});
