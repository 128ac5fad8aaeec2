import type { Route } from 'playwright-core';
import type { Protocol, Session, WebContents } from 'electron';
import { assertNotReady } from './app.ts';
import { fromChromium } from './origins.ts';
import { strict } from './strict.ts';

type Answer = Parameters<Protocol['handle']>[1];
const answers = new Map<string, Answer>();
export const standardSchemes = new Set<string>();

export const protocol = strict<Protocol>('protocol', {
  registerSchemesAsPrivileged(schemes) {
    assertNotReady('protocol.registerSchemesAsPrivileged');
    if (standardSchemes.size > 0) throw new Error('protocol.registerSchemesAsPrivileged forgets what it was told before: call it once');
    for (const { scheme, privileges = {} } of schemes) {
      if (!privileges.standard || !privileges.secure || privileges.bypassCSP)
        throw new Error(`The electron double knows only standard and secure schemes that keep to their policy: ${scheme}`);
      standardSchemes.add(scheme);
    }
  },
  handle(scheme, answer) {
    if (!standardSchemes.has(scheme)) throw new Error(`Without registerSchemesAsPrivileged, ${scheme}: has no origin of its own`);
    answers.set(scheme, answer);
  },
});

/** Gives the browser what the app's protocol handler answers, headers included, so that its policy really applies. */
export async function answerRequest(route: Route): Promise<void> {
  const url = fromChromium(route.request().url());
  const answer = answers.get(new URL(url).protocol.slice(0, -1));
  if (!answer) {
    process.stderr.write(`The electron double has no network: ${url}\n`);
    return route.abort('internetdisconnected');
  }
  const { status, headers, ...response } = await read(await answer(new Request(url, { method: route.request().method() })));
  await route.fulfill({ status, headers, body: response.body });
}

async function read(response: Response) {
  return { status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) };
}

let onRequest: Parameters<Session['setPermissionRequestHandler']>[0] = null;
let onCheck: Parameters<Session['setPermissionCheckHandler']>[0] = null;

export const defaultSession = strict<Session>('session.defaultSession', {
  protocol,
  setPermissionRequestHandler: (handler) => void (onRequest = handler),
  setPermissionCheckHandler: (handler) => void (onCheck = handler),
});

/** Electron's names for what Chromium asks, and Playwright's. */
const permissions = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
} as const;

/** Asks in advance, because headless Chromium never asks by itself. No handler means yes, as in Electron. */
export async function grantedPermissions(contents: WebContents, origin: string): Promise<string[]> {
  const details = { isMainFrame: true, requestingUrl: origin };
  const granted: string[] = [];
  for (const [name, playwrightName] of Object.entries(permissions) as [keyof typeof permissions, string][]) {
    const checked = onCheck ? onCheck(contents, name, origin, details) : true;
    const requested = await new Promise<boolean>((resolve) => (onRequest ? onRequest(contents, name, resolve, details) : resolve(true)));
    if (checked !== requested) throw new Error(`The electron double cannot check and request '${name}' with different answers`);
    if (checked) granted.push(playwrightName);
  }
  return granted;
}
