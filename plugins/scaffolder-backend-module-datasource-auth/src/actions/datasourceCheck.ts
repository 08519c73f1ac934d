import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DatasourceAuthError,
  DatasourceAuthService,
} from 'backstage-plugin-datasource-auth-node';
import { datasourceCheckExamples } from './datasourceCheck.examples';

/**
 * `datasource:check`: whether a token of a datasource can be had by the person who runs the template.
 *
 * @remarks
 *
 * It asks for a token and drops it: only that shows that plugin and person are allowed and that the credential works. A
 * dry run asks nothing.
 *
 * @public
 */
export function createDatasourceCheckAction(options: {
  tokens: DatasourceAuthService;
}) {
  const { tokens } = options;
  return createTemplateAction({
    id: 'datasource:check',
    description:
      'Checks that a datasource is authorized and may be used by the person who runs the template',
    supportsDryRun: true,
    examples: datasourceCheckExamples,
    schema: {
      input: {
        datasource: z => z.string({ description: 'Name of the datasource' }),
        failUnlessAuthorized: z =>
          z
            .boolean({ description: 'Whether the step fails otherwise' })
            .default(true)
            .optional(),
      },
      output: {
        authorized: z =>
          z.boolean({ description: 'Whether a token can be had' }),
        code: z =>
          z
            .string({ description: 'Stable code of the reason why not' })
            .optional(),
        reason: z => z.string({ description: 'Why not, in words' }).optional(),
        link: z =>
          z
            .string({ description: 'The page where it is put right' })
            .optional(),
      },
    },
    async handler(ctx) {
      const { datasource, failUnlessAuthorized = true } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: skipped the check of datasource '${datasource}'`,
        );
        ctx.output('authorized', true);
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      try {
        await tokens.getToken({ datasource, credentials, signal: ctx.signal });
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

/** By its shape: there may be two copies of the class. */
function isDatasourceError(error: unknown): error is DatasourceAuthError {
  return error instanceof Error && 'code' in error && 'statusCode' in error;
}
