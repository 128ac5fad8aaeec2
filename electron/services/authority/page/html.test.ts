import { expect, it } from 'vitest';
import { html } from './html.ts';

it('shows what is put in as it is, and takes apart nothing that is HTML already', () => {
  const name = '<img src=x onerror="alert(1)">&\'';

  const { text } = html`<b title="${name}">${html`<i>${name}</i>`}${[html`<u>${1}</u>`, html`<u></u>`]}${null}</b>`;

  const escaped = '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;';
  expect(text).toBe(`<b title="${escaped}"><i>${escaped}</i><u>1</u><u></u></b>`);
});
