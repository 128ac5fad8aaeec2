/** Reads the reports of the test runners. A suite that crashed or could not start is one failure, whatever its report says. */
import { existsSync, readFileSync } from 'node:fs';

/** From vitest's JSON report. A file that fails before its first test has no tests to count, so it counts itself. */
export function countVitest(file, exitCode) {
  const report = read(file);
  if (!report) return crashed;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return atLeastOneFailure(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    exitCode,
  );
}

/** From Playwright's JSON report. A test that passed only when it was repeated counts as passed, and is among the `repeated`, by name. */
export function countPlaywright(file, exitCode) {
  const report = read(file);
  if (!report) return crashed;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const counts = atLeastOneFailure({ passed: expected + flaky, failed: unexpected + report.errors.length, skipped }, exitCode);
  return { ...counts, repeated: flaky > 0 ? namesOfRepeated(report.suites) : [] };
}

function namesOfRepeated(suites) {
  return suites.flatMap(({ title, specs = [], suites: inner = [] }) => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map((spec) => `${title} › ${spec.title}`),
    ...namesOfRepeated(inner),
  ]);
}

export function addCounts(all) {
  const sum = (name) => all.reduce((total, counts) => total + counts[name], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** The last line of `npm test`. */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** One failure: of a suite that could not say how many. */
export const crashed = { passed: 0, failed: 1, skipped: 0 };

function atLeastOneFailure(counts, exitCode) {
  const ranNothing = counts.passed + counts.failed + counts.skipped === 0;
  return (exitCode !== 0 || ranNothing) && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function read(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined; // cut off in the middle
  }
}
