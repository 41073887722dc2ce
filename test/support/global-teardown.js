/** Stops the Temporal server of this run and waits until its data folder is gone. */
module.exports = async function globalTeardown() {
  const server = globalThis.__convokeTemporalServer;
  if (server) await server.stop();
};
