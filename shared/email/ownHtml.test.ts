import { describe, expect, it, test } from 'vitest';
import { checkTemplate } from './checkTemplate.ts';
import { renderMail } from './renderMail.ts';
import { allowedVariables, findTemplate } from './templates.ts';

const allowed = allowedVariables(findTemplate('call-pin-new-user')!);
const render = (body: string, values: Parameters<typeof renderMail>[1] = {}) =>
  renderMail({ subject: 'S & T', body, format: 'own-html' }, values, 'de');
const check = (body: string) =>
  checkTemplate({ subject: 'S', body, format: 'own-html' }, allowed).map(
    ({ kind, line, column, written }) => `${line}:${column} ${kind} ${written}`,
  );

describe('a mail in HTML of its author', () => {
  it('is filled in, and says the same in plain text', () => {
    const { html, text, missing } = render(
      `<h1>Hallo&nbsp;<$name$></h1>
<p>Ihre PIN: <b><$pin$></b><br>
Portal: <a href="<$user_portal_url$>">hier</a>, <a href="https://help.example">https://help.example</a></p>
<ul><li>eins</li><li>zw&#246;lf &lt;b&gt;</li></ul>
<table><tr><th>Telefon</th><td><$phone$></td></tr></table><img src="https://x.example/a.png" alt="Logo">`,
      { name: 'Anna <b>', pin: '4831', user_portal_url: 'https://mfa.example/p?a=1&b=2' },
    );

    expect(html).toContain('<html lang="de">');
    expect(html).toContain('<title>S &amp; T</title>');
    expect(html).toContain('<h1>Hallo&nbsp;Anna &lt;b&gt;</h1>');
    expect(html).toContain('href="https://mfa.example/p?a=1&amp;b=2"');
    expect(text).toBe(
      'Hallo Anna <b>\n\nIhre PIN: 4831\nPortal: hier (https://mfa.example/p?a=1&b=2), https://help.example\n\n- eins\n- zwölf <b>\n\nTelefon\n\nLogo\n',
    );
    expect(missing).toEqual(['phone']);
  });

  it('is left as it is where it is a whole document, and its head is not read out', () => {
    const page = '<!DOCTYPE html><html><head><title>T</title><style>p{color:red}</style></head><body><p>Hi</p></body></html>';

    expect(render(page)).toMatchObject({ html: page, text: 'Hi\n' });
  });

  test.each(['"><script>alert(1)</script>', "' onmouseover='x", '\u202Etxt', 'A\r\n<p>'])('takes %j in a value for a value', (name) => {
    const { html } = render('<p title="<$name$>"><$name$></p>', { name });

    expect(html).toMatch(/<p title="[^"<>]*">[^<>]*<\/p>/);
    expect(html).not.toMatch(/<script|\u202e/i);
  });
});

describe('checking HTML of an author', () => {
  it('says nothing about what every mail program shows', () => {
    expect(
      check(`<!-- [if mso]> x <![endif] --><table width="600" style="border:1px solid #ccc;color:red"><tr><td>Hello <$name$><br/>
<a href="<$user_portal_url$>">Portal</a> <a href='mailto:help@corp.example'>Help</a> <p>One<p>Two <ul><li>a<li>b</ul> 1 < 2</td></tr></table>`),
    ).toEqual([]);
  });

  test.each([
    ['<div><b>Hello</div>', ['1:6 tag-not-closed <b>']],
    ['<p>Hello</b>', ['1:9 tag-not-opened </b>']],
    ['a <b\n<i>c</i>', ['1:3 tag-not-closed <b']],
    ['<script>alert(1)</script>', ['1:1 html-forbidden <script>']],
    ['<p onclick="x">a</p>', ['1:4 html-forbidden onclick']],
    ['<a href="javascript:alert(1)">a</a>', ['1:4 html-forbidden javascript:alert(1)']],
    ['<a href="www.corp.example">a</a>', ['1:4 link-not-readable www.corp.example']],
    ['<a href="https://x.example/<$username$>">a</a>', ['1:4 variable-in-tag https://x.example/<$username$>']],
    ['<a href="<$name$>">a</a>', ['1:4 variable-in-tag <$name$>']],
    ['<p class=<$name$>>a</p>', ['1:1 variable-in-tag <p class=<$name$>>']],
    ['<p style="color:<$name$>">a</p>', ['1:4 variable-in-tag style']],
    ['<style>p{color:<$name$>}</style>', ['1:8 variable-in-tag p{color:<$name$>}']],
    ['<!-- <$name$> -->a', ['1:1 variable-in-tag <!-- <$name$> -->']],
    ['<div style="display:flex;max-width:9px">a</div>', ['1:6 html-dropped display:flex', '1:6 html-dropped max-width']],
    ['<video>a</video>', ['1:1 html-dropped <video>']],
    ['<img src="https://x.example/a.png" alt="">', ['1:6 image-remote https://x.example/a.png']],
    ['<img src="logo.png">', ['1:1 image-without-text <img src="logo.png">', '1:6 image-not-readable logo.png']],
    ['<p>{{name}} <$nmae$></p>', ['1:4 foreign-variable {{name}}', '1:13 unknown-variable <$nmae$>']],
  ])('%s', (body, expected) => {
    expect(check(body)).toEqual(expected);
  });
});
