import { AppError } from '../../domain/errors';
import { red, type Check, type DoctorContext, type Finding } from './check';
import { unreadable } from './unreadable';

/** One check after the other, so that nobody's limits are met by the doctor itself. */
export async function runChecks(
  context: DoctorContext,
  input: {
    readonly checks: readonly Check[];
    /** Told before each check. */
    readonly onStart?: (check: Check) => void;
    readonly onFinding?: (finding: Finding) => void;
  },
): Promise<readonly Finding[]> {
  const all: Finding[] = [];
  for (const check of input.checks) {
    if (check.needsTemporal && context.client === null) continue;
    input.onStart?.(check);
    const findings = await runOne(context, check);
    all.push(...findings);
    for (const finding of findings) input.onFinding?.(finding);
  }
  return all;
}

async function runOne(context: DoctorContext, check: Check): Promise<readonly Finding[]> {
  try {
    return await check.run(context);
  } catch (error) {
    if (error instanceof AppError) return [unreadable(check.name, '', error)];
    const name = error instanceof Error ? error.name : typeof error;
    return [
      red(
        [check.name, '', `this check itself failed (${name})`],
        'Run it again with CONVOKE_LOG_LEVEL=debug, and report what it prints.',
      ),
    ];
  }
}
