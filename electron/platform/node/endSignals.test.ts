import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { whenAskedToEnd } from './endSignals.ts';

it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'])(
  'on Windows the host ends in order at %s: also when its console window is closed',
  (signal) => {
    const source = new EventEmitter();
    let ended = 0;
    whenAskedToEnd(() => void (ended += 1), { platform: 'win32', source });
    source.emit(signal);
    source.emit('SIGINT');
    expect(ended).toBe(1);
  },
);

it('leaves SIGHUP alone elsewhere: nohup has it ignored', () => {
  const source = new EventEmitter();
  whenAskedToEnd(() => {}, { platform: 'linux', source });
  expect(source.eventNames()).toEqual(['SIGINT', 'SIGTERM']);
});

it('listens no longer when told so', () => {
  const source = new EventEmitter();
  whenAskedToEnd(() => {}, { platform: 'win32', source })();
  expect(source.eventNames()).toEqual([]);
});
