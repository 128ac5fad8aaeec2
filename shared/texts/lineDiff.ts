/** A line of two texts laid over each other. */
export interface DiffLine {
  readonly side: 'both' | 'before' | 'after';
  readonly text: string;
}

/** What changed between two texts, line by line, with as few changed lines as possible. For texts of some thousand lines at most. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  // Length of the longest common rest from each pair of lines on.
  const rests = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1)
      rests[i]![j] = left[i] === right[j] ? rests[i + 1]![j + 1]! + 1 : Math.max(rests[i + 1]![j]!, rests[i]![j + 1]!);
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      lines.push({ side: 'both', text: left[i]! });
      i += 1;
      j += 1;
    } else if (j === right.length || (i < left.length && rests[i + 1]![j]! >= rests[i]![j + 1]!)) {
      lines.push({ side: 'before', text: left[i]! });
      i += 1;
    } else {
      lines.push({ side: 'after', text: right[j]! });
      j += 1;
    }
  }
  return lines;
}
