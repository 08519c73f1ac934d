import { run } from '../processes/run';

let building: Promise<void> | undefined;

/**
 * Checks the types of all packages, and writes the declarations for API reports and packages. It does all at
 * once, because otherwise unions change their order. Runs only once, however many steps need it.
 */
export function buildDeclarations(): Promise<void> {
  building ??= build();
  return building;
}

async function build(): Promise<void> {
  const { ok, output } = await run(['yarn', 'tsc', '--incremental', 'false']);
  if (!ok) throw new Error(output);
}
