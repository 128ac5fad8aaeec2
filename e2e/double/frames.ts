import type { WebFrameMain } from 'electron';
import type { CDPSession } from 'playwright-core';
import { fromChromium } from './origins.ts';
import { strict } from './strict.ts';

interface Frame {
  readonly parent: string | undefined;
  url: string;
  origin: string;
}

/** Keeps the frames of a page and their isolated worlds named `worldName`, as Chromium itself reports them. */
export function watchFrames(cdp: CDPSession, worldName: string) {
  const frames = new Map<string, Frame>();
  const worlds = new Map<number, string>();

  cdp.on('Page.frameAttached', ({ frameId, parentFrameId }) =>
    frames.set(frameId, { parent: parentFrameId, url: 'about:blank', origin: 'null' }),
  );
  cdp.on('Page.frameNavigated', ({ frame }) => frames.set(frame.id, { parent: frame.parentId, url: frame.url, origin: 'null' }));
  cdp.on('Page.frameDetached', ({ frameId }) => void frames.delete(frameId));
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = context.auxData as { frameId: string };
    const frame = frames.get(frameId);
    if (frame && context.origin !== '://') frame.origin = context.origin; // '://' is an opaque origin
    if (context.name === worldName) worlds.set(context.id, frameId);
  });
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => void worlds.delete(executionContextId));
  cdp.on('Runtime.executionContextsCleared', () => worlds.clear());

  /** Null when the frame has gone, as in Electron. */
  function toElectron(frameId: string | undefined): WebFrameMain | null {
    const frame = frameId === undefined ? undefined : frames.get(frameId);
    if (!frame) return null;
    return strict<WebFrameMain>('WebFrameMain', {
      url: fromChromium(frame.url),
      origin: fromChromium(frame.origin),
      parent: toElectron(frame.parent),
    });
  }

  const top = () => [...frames].find(([, { parent }]) => parent === undefined)?.[0];

  return {
    top: () => toElectron(top()),
    ofWorld: (executionContextId: number) => toElectron(worlds.get(executionContextId)),
    worldOfTop: () => [...worlds].find(([, frameId]) => frameId === top())?.[0],
  };
}
