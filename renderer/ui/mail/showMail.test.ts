// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { showMail } from './showMail.ts';

function emptyPage(): Document {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  return frame.contentDocument!;
}

afterEach(() => document.body.replaceChildren());

describe('a mail that is shown', () => {
  it('loads nothing from elsewhere, and says what it would have loaded, each once', () => {
    const page = emptyPage();

    const blocked = showMail(
      page,
      `<html><head><style>.a { background: url('https://track.example/style.png') }</style><link rel="prefetch" href="https://track.example/prefetch"></head>
      <body background="https://track.example/body.png"><img src="https://track.example/1.png" srcset="https://track.example/2.png 2x" alt="Logo">
      <img src="https://track.example/1.png"><table><td style="background-image: url(//track.example/cell.png)">Hello</td></table>
      <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="Own"></body></html>`,
      false,
    );

    expect(blocked.toSorted()).toEqual([
      '//track.example/cell.png',
      'https://track.example/1.png',
      'https://track.example/2.png 2x',
      'https://track.example/body.png',
      'https://track.example/prefetch',
      'https://track.example/style.png',
    ]);
    expect(page.querySelectorAll('[src^="http"], [srcset], [background], link')).toHaveLength(0);
    expect(page.querySelector<HTMLImageElement>('[alt="Own"]')!.src).toMatch(/^data:/);
    expect(page.body.textContent).toContain('Hello');
  });

  it.each([
    ['a frame', '<iframe src="https://t.example/a"></iframe>'],
    ['a script', '<script src="https://t.example/a"></script>'],
    ['an object', '<object data="https://t.example/a"></object>'],
    ['a film', '<video><source src="https://t.example/a"></video>'],
    ['the first picture of a film', '<video poster="https://t.example/a"></video>'],
    ['another page after a while', '<meta http-equiv="Refresh" content="3; URL=\'https://t.example/a\'">'],
    ['a picture in a drawing', '<svg><image href="https://t.example/a"/></svg>'],
    ['a picture in a drawing, as it was written once', '<svg><image xlink:href="https://t.example/a"/></svg>'],
    ['a part of another drawing', '<svg><use href="https://t.example/a"/></svg>'],
    ['a button that is a picture', '<form action="https://mfa.corp.example"><input type="image" src="https://t.example/a"></form>'],
    ['a style sheet in a style sheet', '<style>@import "https://t.example/a";</style>'],
    ['a font', '<style>@font-face { src: url(https://t.example/a) }</style>'],
    ['one of several pictures', `<p style="background: image-set('https://t.example/a' 1x)">b</p>`],
  ])('names %s, and takes it out', (_what, html) => {
    const page = emptyPage();

    expect(showMail(page, `<body>${html}<img alt="" src="data:image/gif;base64,AA//BB=="></body>`, false)).toEqual(['https://t.example/a']);
    expect(page.querySelectorAll('iframe, script, object, video, source, meta, [src^="http"]')).toHaveLength(0);
    for (const element of page.querySelectorAll('image, use')) expect(element.attributes).toHaveLength(0);
  });

  it('runs nothing, goes nowhere and takes no stop on the way of the keyboard', () => {
    const page = emptyPage();

    showMail(
      page,
      `<body><script>alert(1)</script><meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example">
      <iframe src="https://evil.example"></iframe><object data="x"></object><a href="https://mfa.corp.example" ping="https://track.example">Portal</a></body>`,
      false,
    );

    expect(page.querySelectorAll('script, meta, base, iframe, object, [ping]')).toHaveLength(0);
    const link = page.querySelector('a')!;
    expect([link.target, link.tabIndex, link.getAttribute('href')]).toEqual(['_blank', -1, 'https://mfa.corp.example']);
  });

  it('is dark where that is asked for, whatever the system of the administrator is, and has its own language', () => {
    const page = emptyPage();
    const mail =
      '<html lang="de"><head><style>@media (prefers-color-scheme: dark) { p { color: white } }</style></head><body><p>Hallo</p></body></html>';

    showMail(page, mail, true);
    expect(page.querySelector('style')!.textContent).toContain('@media (min-width:0px)');
    expect(page.documentElement.lang).toBe('de');

    showMail(page, mail, false);
    expect(page.querySelector('style')!.textContent).toContain('@media (max-width:0px)');
  });
});
