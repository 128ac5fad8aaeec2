/** Each step on the way to a target may take so long. */
const stepMs = 1_500;

/** Ends with `ETIMEDOUT` when the step, or all steps, took too long, whether the work heeds its signal or not. */
export async function step<T>(all: AbortSignal, work: (within: AbortSignal) => Promise<T>, ms = stepMs): Promise<T> {
  const within = AbortSignal.any([all, AbortSignal.timeout(ms)]);
  return Promise.race([work(within), whenAborted(within)]);
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const late = () => reject(Object.assign(new Error('late'), { code: 'ETIMEDOUT' }));
    if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
  });
}

export const codeOf = (error: unknown) => (error as { code?: string }).code ?? '';
