import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { durationToMilliseconds } from '@backstage/types';
import {
  DatasourceAuthService,
  DelegateOptions,
} from 'backstage-plugin-datasource-auth-node';
import { codeOf } from '../delegations/actAs';
import { taskContextOf } from '../delegations/taskContext';
import { TaskDelegations } from '../delegations/TaskDelegations';
import { datasourceDelegateExamples } from './datasourceDelegate.examples';

const DEFAULT_WAIT_MINUTES = 15;
/** The session of the user ends within the hour, and the task can't learn the decision after that. */
const MAX_WAIT_MINUTES = 60;
const DEFAULT_DURATION = { days: 1 };

/** Milliseconds between two looks at the decision: doubled from the first to the longest. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

/** Creates the action `datasource:delegate`: asks the user who runs the template to let the task act as them later. */
export function createDatasourceDelegateAction(options: {
  tokens: DatasourceAuthService;
  delegations: TaskDelegations;
}) {
  const { tokens, delegations } = options;
  return createTemplateAction({
    id: 'datasource:delegate',
    description:
      'Asks the user who runs the template to let this task act as them, also after their session ended, and waits for their decision',
    supportsDryRun: true,
    examples: datasourceDelegateExamples,
    schema: {
      input: {
        datasource: z => z.string({ description: 'Name of the datasource' }),
        purpose: z =>
          z
            .string({
              description:
                'What the task does as the user, who reads it. By default, it names the template and the task',
            })
            .max(200)
            .optional(),
        duration: z =>
          z
            .object({
              days: z.number().optional(),
              hours: z.number().optional(),
              minutes: z.number().optional(),
            })
            .describe('How long the task may act as the user; 1 day by default')
            .optional(),
        waitMinutes: z =>
          z
            .number({
              description:
                'How long the step waits for the decision; 15 minutes by default',
            })
            .positive()
            .max(MAX_WAIT_MINUTES)
            .optional(),
      },
      output: {},
    },
    async handler(ctx) {
      const { datasource, duration = DEFAULT_DURATION } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: skipped the request to act as you at datasource '${datasource}'`,
        );
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const context = taskContextOf(ctx, credentials);
      if (!context.initiator)
        throw new InputError('Only a user can let a task act as them');
      const until = new Date(Date.now() + durationToMilliseconds(duration));
      const purpose =
        ctx.input.purpose ??
        `Run the task ${context.task} of ${context.template ?? 'a template'}`;
      if (await isUsable()) return;
      const handle = await decision({
        ...{ datasource, credentials, purpose, context, until },
        signal: ctx.signal,
      });
      await delegations.keep(context, datasource, { handle, until });
      ctx.logger.info(`This task may act as you at datasource '${datasource}'`);

      /** A task that starts over after a restart has one, and maybe no session. */
      async function isUsable(): Promise<boolean> {
        const found = await delegations.find(context, datasource);
        if (found?.initiator !== context.initiator) return false;
        try {
          await tokens.getStatus({
            ...{ datasource, delegation: found.handle, context },
            signal: ctx.signal,
          });
          return true;
        } catch (error) {
          if (codeOf(error) !== 'delegation_ended') throw error;
          return false;
        }
      }

      /** Asks the user, and waits until they decided. */
      async function decision(asked: DelegateOptions): Promise<string> {
        const { waitMinutes = DEFAULT_WAIT_MINUTES } = ctx.input;
        const waitUntil = Date.now() + waitMinutes * 60_000;
        let link: string | undefined;
        for (let pause = FIRST_PAUSE; ; pause *= 2) {
          try {
            return await tokens.delegate({
              ...asked,
              askAgain: link === undefined,
            });
          } catch (error) {
            const isAsked = link !== undefined;
            if (isAsked && codeOf(error) === 'delegation_ended') {
              throw new Error(
                `You declined to let this task act as you at datasource '${datasource}'`,
              );
            }
            if (!isPending(error, { isAsked })) throw error;
            if (!isAsked) {
              link = error.link ?? '';
              ctx.logger.info(
                `Waiting for you to let this task act as you at datasource '${datasource}'. Decide at ${link}`,
              );
            }
          }
          const left = waitUntil - Date.now();
          if (left <= 0) {
            throw new Error(
              `You didn't decide within ${waitMinutes} minutes. Decide at ${link}, then retry this task`,
            );
          }
          await sleep(Math.min(pause, LONGEST_PAUSE, left), undefined, {
            signal: ctx.signal,
          });
        }
      }
    },
  });
}

/** Whether the user can still agree. Once they are asked, the backend may be restarting. */
function isPending(
  error: unknown,
  { isAsked }: { isAsked: boolean },
): error is Error & { link?: string } {
  const code = codeOf(error);
  return (
    code === 'user_consent_needed' ||
    (isAsked && code === 'datasource_unavailable')
  );
}
