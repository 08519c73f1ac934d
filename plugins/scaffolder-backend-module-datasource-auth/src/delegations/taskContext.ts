import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';

/** What an action knows about its task. */
export type RunningTask = Pick<
  ActionContext<JsonObject>,
  'task' | 'templateInfo' | 'getInitiatorCredentials'
>;

/** What a task's delegation is limited to. */
export type TaskContext = {
  task: string;
  /** Entity ref of the user who started or retried the task; empty if it wasn't a user. */
  initiator: string;
  template?: string;
};

/** Returns what a task's delegation is limited to. It comes from the scaffolder, never from the template's input. */
export function taskContextOf(
  { task, templateInfo }: RunningTask,
  { principal }: BackstageCredentials<unknown>,
): TaskContext {
  const { type, userEntityRef } = principal as {
    type?: string;
    userEntityRef?: string;
  };
  return {
    task: task.id,
    initiator: (type === 'user' && userEntityRef) || '',
    ...(templateInfo && { template: templateInfo.entityRef }),
  };
}
