import { callModule } from '../../support/call-module';

async function count(results: unknown, status: number): Promise<unknown> {
  return (await callModule('lib/tests.mjs', 'countTests', [results, status])).value;
}

describe("the test command's last line", () => {
  it('counts what passed and what failed', async () => {
    expect(await count({ numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 0 }, 1)).toEqual({
      passed: 7,
      failed: 2,
    });
  });

  it('counts a file that could not run as one failure', async () => {
    expect(await count({ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 1 }, 1)).toEqual({
      passed: 7,
      failed: 1,
    });
  });

  it('never calls a run passed that ended with an error', async () => {
    expect(await count({ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0 }, 1)).toEqual({
      passed: 7,
      failed: 1,
    });
  });

  it.each([0, 1, 137])('never calls a run passed that left no report (status %d)', async (status) => {
    expect(await count(null, status)).toEqual({ passed: 0, failed: 1 });
  });
});
