import { compile } from './compile.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { SetupError } from './setup-error.mjs';
import { bundleWorkflows } from './workflow-bundle.mjs';

/** Makes lib/ what the sources say: compiled code and workflow bundle, each only if its inputs have changed. */
export async function build({ log, allowTypeErrors = false, root }) {
  await withSetupLock(
    async () => {
      await compile({ log, allowTypeErrors, root });
      try {
        await bundleWorkflows({ log, root });
      } catch (error) {
        if (!allowTypeErrors || !(error instanceof SetupError)) throw error;
        log(error.message);
      }
    },
    { log },
  );
}
