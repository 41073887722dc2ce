import fastify from 'fastify';

/** The least that an HTTP server of this kind does: a process of its own, as the api is one. Prints where it listens. */
const app = fastify();
app.post('/', async () => ({ accepted: 1 }));
app
  .listen({ host: '127.0.0.1', port: 0 })
  .then((address) => console.log(address))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
