export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

const smallest: Size = { width: 320, height: 200 };
/** How much of a dialog stays in the window when it is pushed out, so that it can be pulled back. */
const grip = 64;

/** A box of this size in the middle of the window, made smaller where the window is. All in CSS pixels. */
export function centred(size: Size, viewport: Size): Box {
  const width = fit(size.width, smallest.width, viewport.width);
  const height = fit(size.height, smallest.height, viewport.height);
  return { x: Math.round((viewport.width - width) / 2), y: Math.round((viewport.height - height) / 2), width, height };
}

/** The box after a move; its title stays within reach. */
export function moved(box: Box, by: { readonly x: number; readonly y: number }, viewport: Size): Box {
  const width = Math.min(box.width, viewport.width);
  const height = Math.min(box.height, viewport.height);
  return {
    x: fit(box.x + by.x, grip - width, viewport.width - grip),
    y: fit(box.y + by.y, 0, Math.max(0, viewport.height - grip)),
    width,
    height,
  };
}

/** The box after its lower right corner was dragged. */
export function resized(box: Box, by: { readonly x: number; readonly y: number }, viewport: Size): Box {
  return {
    ...box,
    width: fit(box.width + by.x, smallest.width, viewport.width - Math.max(0, box.x)),
    height: fit(box.height + by.y, smallest.height, viewport.height - box.y),
  };
}

/** `high` wins where the limits contradict each other: nothing may be larger than the window. */
function fit(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
