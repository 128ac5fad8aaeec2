/**
 * Calls `write` with one part after the other, while the next is made: two at most are there at a time. Rejects with what making or
 * writing throws, and never while something is still being written.
 */
export async function writeBehind<Part>(parts: AsyncIterable<Part>, write: (part: Part) => Promise<void>): Promise<void> {
  let writing = Promise.resolve();
  try {
    for await (const part of parts) {
      await writing;
      writing = write(part);
      // It is thrown where it is waited for.
      writing.catch(() => undefined);
    }
  } finally {
    await writing;
  }
}
