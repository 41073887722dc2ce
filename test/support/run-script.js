const { spawn } = require('node:child_process');
const { join } = require('node:path');

/**
 * Runs one of scripts/*.mjs and answers what it wrote to stdout. A process of its own, so that the test runner loads
 * neither the compiler nor Temporal's native library. What the script tells on the way goes to stderr, as it comes.
 */
function runScript(name, args = []) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(__dirname, '../../scripts', name), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(stdout.trim());
      reject(new Error(`scripts/${name} ended with ${signal ?? code}: see its message above`));
    });
  });
}

module.exports = { runScript };
