import { NotAllowedError } from '@backstage/errors';
import { GetTokenOptions } from 'backstage-plugin-datasource-auth-node';
import { RunningTask, taskContextOf } from './taskContext';
import { TaskDelegations } from './TaskDelegations';

/** Whose credential a call uses. */
type Acting = Pick<
  GetTokenOptions,
  'credentials' | 'subject' | 'delegation' | 'context'
>;

/**
 * Calls a datasource for the user who started the task: as them with the task's delegation, if it has one, else with
 * their session.
 *
 * @throws NotAllowedError if another user let the task act as them
 */
export async function actAs<Result>(
  as: 'service' | 'user' | undefined,
  options: {
    running: RunningTask;
    datasource: string;
    delegations: TaskDelegations;
  },
  call: (acting: Acting) => Promise<Result>,
): Promise<Result> {
  const { running, datasource, delegations } = options;
  const credentials = await running.getInitiatorCredentials();
  if (as !== 'user') return call({ credentials, subject: as });
  const context = taskContextOf(running, credentials);
  const found = await delegations.find(context, datasource);
  if (!found) return call({ credentials, subject: 'user' });
  if (found.initiator !== context.initiator) {
    throw new NotAllowedError(
      `Another user let this task act as them at datasource '${datasource}'. Start a new task to act as yourself.`,
    );
  }
  try {
    return await call({ delegation: found.handle, context });
  } catch (error) {
    if (codeOf(error) === 'delegation_ended')
      await delegations.remove(context, datasource);
    throw error;
  }
}

/** Returns the code of an error of datasource-auth. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
