import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DatasourceAuthError,
  DatasourceAuthService,
} from 'backstage-plugin-datasource-auth-node';
import { actAs } from '../delegations/actAs';
import { TaskDelegations } from '../delegations/TaskDelegations';
import { datasourceCheckExamples } from './datasourceCheck.examples';

/**
 * Creates the action `datasource:check`: whether the user who runs the template can get a token of a datasource.
 *
 * @remarks
 *
 * It gets a token and discards it: only that shows that plugin and user are allowed and that the credential works. A
 * dry run calls nothing.
 */
export function createDatasourceCheckAction(options: {
  tokens: DatasourceAuthService;
  delegations: TaskDelegations;
}) {
  const { tokens, delegations } = options;
  return createTemplateAction({
    id: 'datasource:check',
    description:
      'Checks that a datasource is authorized and that the user who runs the template may use it',
    supportsDryRun: true,
    examples: datasourceCheckExamples,
    schema: {
      input: {
        datasource: z => z.string({ description: 'Name of the datasource' }),
        as: z =>
          z
            .enum(['service', 'user'], {
              description:
                'Whose credential: the shared one (the default), or the account that the user who runs the template connected',
            })
            .optional(),
        failUnlessAuthorized: z =>
          z
            .boolean({
              description: 'Whether the step fails if no token is available',
            })
            .default(true)
            .optional(),
      },
      output: {
        authorized: z =>
          z.boolean({ description: 'Whether a token is available' }),
        code: z =>
          z
            .string({ description: "Stable code of the reason if it isn't" })
            .optional(),
        reason: z => z.string({ description: 'The reason as text' }).optional(),
        link: z =>
          z.string({ description: 'The page where you can fix it' }).optional(),
      },
    },
    async handler(ctx) {
      const { datasource, as, failUnlessAuthorized = true } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: skipped the check of datasource '${datasource}'`,
        );
        ctx.output('authorized', true);
        return;
      }
      try {
        await actAs(as, { running: ctx, datasource, delegations }, acting =>
          tokens.getToken({ ...acting, datasource, signal: ctx.signal }),
        );
        ctx.logger.info(`Datasource '${datasource}' is authorized`);
        ctx.output('authorized', true);
      } catch (error) {
        if (failUnlessAuthorized || !isDatasourceError(error)) throw error;
        ctx.logger.warn(error.message);
        ctx.output('authorized', false);
        ctx.output('code', error.code);
        ctx.output('reason', error.message);
        if (error.link) ctx.output('link', error.link);
      }
    },
  });
}

/** By its shape, because there may be two copies of the class. */
function isDatasourceError(error: unknown): error is DatasourceAuthError {
  return error instanceof Error && 'code' in error && 'statusCode' in error;
}
