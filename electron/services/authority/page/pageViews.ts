import type { ActivatedServer } from '../../../../shared/contract/authority.contract.ts';
import { html, type Html } from './html.ts';
import { pageText as text } from './pageText.ts';

export const paths = {
  home: '/',
  style: '/page.css',
  signIn: '/sign-in',
  signOut: '/sign-out',
  credentials: '/credentials',
  revoke: '/revoke',
} as const;

/** Who looks at the page, and the token without which nothing that the page sends is believed. */
export interface Viewer {
  readonly account: string;
  readonly token: string;
}

const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}" />`;
const proof = ({ token }: Viewer): Html => hidden('token', token);

function frame(title: string, main: Html, viewer: Viewer | null = null, width = 'wide'): string {
  const who =
    viewer &&
    html`<span class="who">${text.signedIn(viewer.account)}</span>
      <form method="post" action="${paths.signOut}">${proof(viewer)}<button>${text.signOut}</button></form>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} – ${text.product}</title>
        <link rel="stylesheet" href="${paths.style}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header><strong>${text.product}</strong>${who}</header>
        <main class="${width}">
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html> `.text;
}

const refusal = (problem: string | null): Html | null =>
  problem === null ? null : html`<p class="message refused" role="alert">${problem}</p>`;

/** The door. `code` comes from the link that somebody opened; it is taken only when the button is pressed, not by whoever looks at links. */
export function signInPage({ code = '', problem = null }: { code?: string; problem?: string | null }): string {
  return frame(
    text.signIn,
    html`${refusal(problem)}
      <section>
        <p>${text.signInIntro}</p>
        <form method="post" action="${paths.signIn}">
          <label for="code">${text.code}</label>
          <input
            id="code"
            name="code"
            value="${code}"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            required
            maxlength="64"
            autofocus
          />
          <div class="commands"><button class="primary">${text.signIn}</button></div>
        </form>
      </section> `,
    null,
    'narrow',
  );
}

export interface HomeView {
  readonly viewer: Viewer;
  readonly url: string | null;
  readonly servers: readonly ActivatedServer[];
  /** Those that were generated a moment ago. */
  readonly credentials: { readonly email: string; readonly password: string; readonly expiresAt: number } | null;
  /** The name of the server that was revoked a moment ago. */
  readonly revoked: string | null;
  readonly problem: string | null;
}

export function homePage({ viewer, url, servers, credentials, revoked, problem }: HomeView): string {
  const made =
    credentials &&
    html`<div class="message done" role="status">
      <dl>
        <dt>${text.email}</dt>
        <dd class="mono">${credentials.email}</dd>
        <dt>${text.password}</dt>
        <dd class="mono">${credentials.password}</dd>
      </dl>
      ${text.until(credentials.expiresAt)}
    </div>`;
  const address =
    url === null
      ? null
      : html`<section>
          <h2>${text.address}</h2>
          <p class="hint">${text.addressIntro}</p>
          <p class="mono">${url}</p>
        </section>`;
  return frame(
    text.title,
    html`${refusal(problem)}${revoked === null ? null : html`<p class="message done" role="status">${text.revoked(revoked)}</p>`}
      <section>
        <h2>${text.credentials}</h2>
        <p class="hint">${text.credentialsIntro}</p>
        ${made}
        <form method="post" action="${paths.credentials}">${proof(viewer)}<button class="primary">${text.generate}</button></form>
      </section>
      ${address}
      <section>
        <h2 id="servers">${text.servers}</h2>
        ${servers.length === 0 ? html`<p>${text.none}</p>` : serverTable(servers)}
      </section> `,
    viewer,
  );
}

function serverTable(servers: readonly ActivatedServer[]): Html {
  const head = text.columns.map((column) => html`<th scope="col">${column}</th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="servers">
    <table aria-labelledby="servers">
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${servers.map(serverRow)}
      </tbody>
    </table>
  </div>`;
}

function serverRow(server: ActivatedServer): Html {
  const isRevocable = server.state === 'active' || server.state === 'joining';
  const revoke = html`<a
    class="button small"
    href="${paths.revoke}?server=${encodeURIComponent(server.id)}"
    aria-label="${text.revokeOf(server.name)}"
    >${text.revoke}</a
  >`;
  return html`<tr>
    <td class="name"><bdi>${server.name}</bdi></td>
    <td class="numbers">${server.addresses[0] ?? ''}</td>
    <td class="name"><bdi>${server.group}</bdi></td>
    <td>${server.role && text.role[server.role]}</td>
    <td>${text.state(server.state)}</td>
    <td class="numbers">${server.version}</td>
    <td class="numbers">${text.instant(server.lastSeen)}</td>
    <td>${isRevocable ? revoke : null}</td>
  </tr>`;
}

export function revokePage(viewer: Viewer, { id, name }: Pick<ActivatedServer, 'id' | 'name'>): string {
  return frame(
    text.revokeTitle,
    html`<section>
      <p>${text.revokeQuestion(name)}</p>
      <form method="post" action="${paths.revoke}">
        ${proof(viewer)}${hidden('server', id)}
        <div class="commands"><button class="primary">${text.revoke}</button><a class="button" href="${paths.home}">${text.keep}</a></div>
      </form>
    </section> `,
    viewer,
    'narrow',
  );
}

/** Says what is wrong, and leads back. */
export function problemPage(problem: string): string {
  return frame(
    text.title,
    html`${refusal(problem)}
      <p><a href="${paths.home}">${text.open}</a></p> `,
    null,
    'narrow',
  );
}
