/** Prints the figures of a test run as its last line, and ends with the run's own status. */
import { readFileSync } from 'node:fs';

const [, , file, status] = process.argv;

/** Nothing is written when formatting, types, lint or the build fail, or when time runs out. */
function read() {
  const text = readFileSync(file, 'utf8');
  return text === '' ? undefined : JSON.parse(text);
}

const results = read();
if (!results) console.log('The tests were not reached, or not finished.');

const passed = results?.numPassedTests ?? 0;
// A suite that breaks before its first test has no failed test, but it has failed.
const failed = results ? results.numFailedTests + results.numRuntimeErrorTestSuites : 1;
const skipped = results ? results.numPendingTests + results.numTodoTests : 0;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = Number(status) || (failed > 0 ? 1 : 0);
