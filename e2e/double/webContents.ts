import { readFileSync } from 'node:fs';
import type { HandlerDetails, IpcMainEvent, WebContents, WebFrameMain } from 'electron';
import type { CDPSession, Page, Request } from 'playwright-core';
import { chromium } from './chromium.ts';
import { watchFrames } from './frames.ts';
import { createIpc, dispatch, type IpcMessage } from './ipc.ts';
import { fromChromium, toChromium } from './origins.ts';
import { names, pageScript, preloadScript } from './preloadWorld.ts';
import { answerRequest, defaultSession, grantedPermissions, standardSchemes } from './session.ts';
import { ask, assertJson, emitterOf, strict } from './strict.ts';

interface Opened {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly frames: ReturnType<typeof watchFrames>;
}

const byTarget = new Map<string, WebContents>();
let lastId = 0;

export const webContents = strict<typeof Electron.WebContents>('webContents', {
  /** Playwright asks for it to close a window. */
  fromDevToolsTargetId: (targetId) => byTarget.get(targetId),
});

export function createWebContents(preload: string | undefined) {
  const events = emitterOf('webContents', ['destroyed', 'did-finish-load', 'will-navigate', 'will-frame-navigate', 'will-prevent-unload']);
  const ipc = createIpc('webContents.ipc');
  let openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  let requested = '';
  let destroyed = false;
  /** Electron's window is there at once; Chromium's page takes a moment. */
  let opened: Opened | undefined;
  const opening = open();

  async function open(): Promise<Opened> {
    const { context } = await chromium;
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    opened = { page, cdp, frames: watchFrames(cdp, names.world) };
    page.once('close', () => {
      destroyed = true;
      events.emit('destroyed');
    });
    await page.route('**', (route) => (mayNavigate(route.request()) ? answerRequest(route) : route.abort('aborted')));
    byTarget.set((await cdp.send('Target.getTargetInfo')).targetInfo.targetId, contents);
    watchPopups(opened);
    await injectPreload(opened);
    return opened;
  }

  async function injectPreload({ cdp, frames }: Opened): Promise<void> {
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === names.post) void receive(JSON.parse(payload) as IpcMessage, frames.ofWorld(executionContextId));
    });
    await cdp.send('Page.enable');
    await cdp.send('Runtime.addBinding', { name: names.post, executionContextName: names.world });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript });
    if (preload)
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadScript(readFileSync(preload, 'utf8')),
        worldName: names.world,
      });
    await cdp.send('Runtime.enable');
  }

  async function receive(message: IpcMessage, senderFrame: WebFrameMain | null): Promise<void> {
    const event = strict<IpcMainEvent>('IpcMainEvent', { sender: contents, senderFrame, type: 'frame' });
    if (message.id === undefined) return void (await dispatch(ipc, event, message));
    try {
      deliver({ id: message.id, value: await dispatch(ipc, event, message) });
    } catch (error) {
      deliver({ id: message.id, failure: `Error invoking remote method '${message.channel}': ${String(error)}` });
    }
  }

  /** What is sent while no preload listens is lost, as in Electron. */
  function deliver(message: object): void {
    assertJson(message);
    const executionContextId = opened?.frames.worldOfTop();
    if (!opened || executionContextId === undefined || destroyed) return;
    const call = { executionContextId, functionDeclaration: `(message) => ${names.deliver}(message)`, arguments: [{ value: message }] };
    opened.cdp.send('Runtime.callFunctionOn', call).catch(() => {}); // the page has gone meanwhile
  }

  /** A page that holds on to unsaved input goes only where the app says so. */
  async function close({ page }: Opened): Promise<void> {
    const isHeld = await page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))).catch(() => false);
    // To prevent this event lets the page go.
    if (!isHeld || !ask(events, 'will-prevent-unload')) await page.close();
  }

  /** Asks about what the page wants; what the app itself asked for, and a reload, is not put to the app again. */
  function mayNavigate(request: Request): boolean {
    if (!request.isNavigationRequest()) return true;
    const isMainFrame = request.frame().parentFrame() === null;
    if (isMainFrame && [requested, request.frame().url()].includes(request.url())) return true;
    const details = { url: fromChromium(request.url()), isMainFrame, isSameDocument: false };
    return ask(events, 'will-frame-navigate', details) && (!isMainFrame || ask(events, 'will-navigate', details));
  }

  /** Chromium opens the popup and tells us afterwards. One that nobody denies stays open, where a spec can see it. */
  function watchPopups({ page, cdp }: Opened): void {
    const denied: boolean[] = [];
    cdp.on('Page.windowOpen', ({ url, windowName }) => {
      const details = strict<HandlerDetails>('HandlerDetails', { url: fromChromium(url), frameName: windowName });
      denied.push(openHandler?.(details).action === 'deny');
    });
    page.on('popup', (popup) => {
      if (denied.shift()) void popup.close();
    });
  }

  const contents = strict<WebContents>(
    'webContents',
    {
      id: ++lastId,
      ipc: ipc.ipc,
      session: defaultSession,
      get mainFrame() {
        const frame = opened?.frames.top();
        if (!frame) throw new Error('The electron double has no webContents.mainFrame before a page is loaded');
        return frame;
      },
      isDestroyed: () => destroyed,
      getURL: () => fromChromium(opened?.page.url() ?? ''),
      send: (channel, ...args) => deliver({ channel, args }),
      setWindowOpenHandler: (handler) => void (openHandler = handler),
      async loadURL(url) {
        const { page } = await opening;
        requested = toChromium(url, standardSchemes);
        const { origin } = new URL(requested);
        await page.context().grantPermissions(await grantedPermissions(contents, fromChromium(origin)), { origin });
        await page.goto(requested);
        events.emit('did-finish-load');
      },
      close: () => void opening.then(close),
    },
    events,
  );

  return { contents, resize: async (size: { width: number; height: number }) => (await opening).page.setViewportSize(size) };
}
