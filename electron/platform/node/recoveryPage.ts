import { createHash } from 'node:crypto';
import type { DamagedStore } from './openWithRecovery.ts';

/** System colours and fonts only: the page of the console cannot be shown without a console. */
const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}
dt{font-weight:600}dd{margin:0 0 .5rem;overflow-wrap:anywhere}button{font:inherit;padding:.5rem 1rem}`;

/** Nothing but this style and a form to ourselves. */
export const recoveryPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

const page = (content: string, head = ''): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>MFA Server Console</title>${head}
<style>${style}</style></head><body><main>${content}</main></body></html>`;

/** What is wrong with the store, which copy is there, and the button that restores it. */
export function recoveryPage({ sentence, copy, failure }: DamagedStore): string {
  const facts = [
    ['File', copy.file],
    ['Made', new Date(copy.createdAt).toISOString()],
    ['Server', copy.serverName],
    ['Users', copy.users.toLocaleString('en')],
  ].map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value ?? '')}</dd>`);
  return page(`<h1>The store is damaged</h1>
<p>${escaped(sentence)}</p>
${failure === null ? '' : `<p role="alert">The backup could not be restored. ${escaped(failure)}</p>`}
<p>This is the newest backup that is whole. What changed after it was made is not in it.</p>
<dl>${facts.join('')}</dl>
<p>The damaged files are kept in the folder backup of the data folder.</p>
<form method="post" action="/restore"><button>Restore this backup</button></form>`);
}

/** Until the console itself answers. */
export const startedPage = page(
  '<h1>Restored</h1><p role="status">The console is starting. <a href="/">Open it</a></p>',
  '<meta http-equiv="refresh" content="2;url=/">',
);
