import type {
  InteractionResults,
  KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import { demoScopes } from './authorizationServer';
import type { DemoAccount } from './demoAccounts';
import { consentPage, failurePage, showPage, signInPage } from './pages';
import { findAccount } from './passwordGrant';
import { readForm } from './requestBody';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/**
 * Pages between the authorization request and its response: sign in, then allow. Each authorization is its
 * own grant, so that revoking or losing one doesn't affect the others, which is what RFC 9700 section 4.14.2
 * means by a family.
 */
export function registerInteractions(
  provider: Provider,
  accounts: DemoAccount[],
) {
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) {
      await next();
      return;
    }

    let interaction: Interaction;
    try {
      interaction = await provider.interactionDetails(ctx.req, ctx.res);
    } catch {
      ctx.status = 400;
      showPage(
        ctx,
        failurePage({
          error: 'session_not_found',
          error_description:
            'This sign-in has ended. Return to the application and start again.',
        }),
      );
      return;
    }

    if (ctx.method === 'POST') {
      await submit(ctx, interaction, await readForm(ctx.req));
    } else {
      await show(ctx, interaction);
    }
  });

  async function show(
    ctx: Pick<KoaContextWithOIDC, 'set' | 'type' | 'body' | 'path'>,
    interaction: Interaction,
    retry: { username?: string; failed?: boolean } = {},
  ) {
    const { prompt, params, session } = interaction;
    const client = await provider.Client.find(String(params.client_id));
    const clientName = client?.clientName ?? String(params.client_id);
    if (prompt.name === 'login') {
      showPage(
        ctx,
        signInPage({ action: ctx.path, clientName, accounts, ...retry }),
      );
      return;
    }
    showPage(
      ctx,
      consentPage({
        action: ctx.path,
        clientName,
        account: session?.accountId ?? '',
        scopes: requestedScopes(interaction).map(scope => ({
          scope,
          meaning: demoScopes[scope],
        })),
      }),
    );
  }

  async function submit(
    ctx: Parameters<Parameters<Provider['use']>[0]>[0],
    interaction: Interaction,
    form: URLSearchParams,
  ) {
    const step = form.get('step');
    let result: InteractionResults;
    if (step === 'login' && interaction.prompt.name === 'login') {
      const username = form.get('username') ?? '';
      const password = form.get('password') ?? '';
      const account = findAccount(accounts, username, password);
      if (!account) {
        ctx.status = 422;
        await show(ctx, interaction, { username, failed: true });
        return;
      }
      result = { login: { accountId: account.username } };
    } else if (step === 'consent' && interaction.prompt.name === 'consent') {
      result = await allow(interaction, new Set(form.getAll('scope')));
    } else {
      result = {
        error: 'access_denied',
        error_description: 'The user denied access',
      };
    }
    ctx.status = 303;
    ctx.redirect(
      await provider.interactionResult(ctx.req, ctx.res, result, {
        mergeWithLastSubmission: true,
      }),
    );
  }

  async function allow(
    interaction: Interaction,
    chosen: Set<string>,
  ): Promise<InteractionResults> {
    const grant = new provider.Grant({
      accountId: interaction.session?.accountId,
      clientId: String(interaction.params.client_id),
    });
    for (const scope of requestedScopes(interaction)) {
      if (chosen.has(scope)) grant.addOIDCScope(scope);
      else grant.rejectOIDCScope(scope);
    }
    return { consent: { grantId: await grant.save() } };
  }
}

function requestedScopes(interaction: Interaction): string[] {
  return String(interaction.params.scope ?? '')
    .split(' ')
    .filter(scope => scope in demoScopes);
}
