// Run by download-by-sdk.mjs: node sdk-download-child.mjs <version> <folder>. The SDK has no call that only downloads, so
// this starts the server and stops it at once.
const [version, downloadDir] = process.argv.slice(2);
try {
  const { DefaultLogger, Runtime } = await import('@temporalio/worker');
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const executable = { type: 'cached-download', version, downloadDir };
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await environment.teardown();
} catch (error) {
  // The native error says everything once for each layer it passed: each part is told once.
  const parts = String(error?.message ?? error)
    .split('\n')[0]
    .split(': ');
  console.error([...new Set(parts)].join(': '));
  process.exitCode = 1;
}
