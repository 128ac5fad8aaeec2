import { describe, expect, it } from 'vitest';
import { createRepeatDetector } from './repeatDetector.ts';

describe('createRepeatDetector', () => {
  it('misses no text that comes again, however many come between', () => {
    const detector = createRepeatDetector();
    const texts = Array.from({ length: 50_000 }, (_, index) => `user${index}@corp.test`);
    for (const text of texts) detector.mayRepeat(text);

    expect(texts.every((text) => detector.mayRepeat(text))).toBe(true);
  });

  it('suspects hardly anybody wrongly among a hundred thousand', () => {
    const detector = createRepeatDetector();
    const texts = Array.from({ length: 100_000 }, (_, index) => `3f2504e0-4f89-41d3-9a0c-${String(index).padStart(12, '0')}`);

    expect(texts.filter((text) => detector.mayRepeat(text)).length).toBeLessThan(10);
  });
});
