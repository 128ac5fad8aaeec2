/** What went wrong in another thread, of which only the stack came over, as an error that the log writes out. */
export function threadCause(stack: string | undefined): Error | undefined {
  if (stack === undefined) return undefined;
  const error = new Error(stack.split('\n')[0]);
  error.stack = stack;
  return error;
}
