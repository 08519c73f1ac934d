import {
  CREDENTIAL_TEMPLATES,
  RequestBody,
  RequestBodyPart,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { ProviderContext } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';
import {
  resolveHeader,
  resolveText,
  TemplateValues,
} from '../settings/templates';
import { basicHeader } from './clientAuthentications/basicCredentials';
import type { ExchangeStep } from './ProviderCall';
import { Parameter } from './queryString';

/** What a token request has in place of the RFC's form. */
export interface OwnForm {
  authorization?: string;
  basic?: { username?: string; password?: string };
  body?: RequestBody;
  values: TemplateValues;
}

/** What such a request sends. */
export interface FilledForm {
  authorization?: string;
  /** JSON in place of the parameters. */
  body?: string;
  /** The parameters that it leaves to be sent. */
  parameters: readonly Parameter[];
  /** What no text may repeat. */
  secrets: string[];
}

/**
 * Returns what the settings have of their own for a token request; undefined where they have nothing.
 *
 * @throws SettingsError
 */
export function ownForm(
  { auth }: ProviderContext,
  values: TemplateValues,
  step: ExchangeStep,
): OwnForm | undefined {
  const { authorization, basic } = auth.token;
  const body = (step === 'refresh' ? auth.refresh : auth.token)?.body;
  if (authorization === undefined && !basic && !body) return undefined;
  const { clientId, clientSecret } = auth;
  return {
    authorization,
    basic,
    body,
    values: {
      ...values,
      credentials: {
        clientId: clientId && resolveText(clientId, values),
        clientSecret,
      },
    },
  };
}

/**
 * Fills in a request's own form with the parameters that the RFC would send. What its header sends is no parameter any
 * more.
 *
 * @throws SettingsError
 */
export function fillForm(
  { authorization, basic, body, values }: OwnForm,
  parameters: readonly Parameter[],
): FilledForm {
  const sent = new Map(parameters);
  const filling: TemplateValues = {
    ...values,
    credentials: {
      ...Object.fromEntries(
        Object.entries(CREDENTIAL_TEMPLATES).map(([template, name]) => [
          template,
          sent.get(name),
        ]),
      ),
      scopes: sent.get('scope'),
      ...values.credentials,
    },
  };
  const inHeader = templateExpressions(
    JSON.stringify([authorization, basic]),
  ).map(template => CREDENTIAL_TEMPLATES[template as CredentialTemplate]);
  return {
    ...headerOf({ authorization, basic }, filling),
    ...(body && { body: JSON.stringify(fillPart(body, filling)) }),
    parameters: parameters.filter(
      ([name]) => !inHeader.some(each => each === name),
    ),
  };
}

type CredentialTemplate = keyof typeof CREDENTIAL_TEMPLATES;

function fillPart(
  part: RequestBodyPart,
  values: TemplateValues,
): RequestBodyPart {
  if (typeof part === 'string') return resolveText(part, values);
  if (Array.isArray(part)) return part.map(each => fillPart(each, values));
  if (typeof part !== 'object') return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, each]) => [name, fillPart(each, values)]),
  );
}

function headerOf(
  { authorization, basic }: Pick<OwnForm, 'authorization' | 'basic'>,
  values: TemplateValues,
): Pick<FilledForm, 'authorization' | 'secrets'> {
  if (authorization !== undefined) {
    const header = resolveHeader('Authorization', authorization, values);
    return {
      authorization: header,
      secrets: [header, header.replace(/^\S+\s+/, '')],
    };
  }
  if (!basic) return { secrets: [] };
  const { username = '', password = '' } = basic;
  const user = resolveText(username, values);
  if (user.includes(':')) throw new SettingsError('basicUsernameColon');
  const secret = resolveText(password, values);
  return {
    authorization: basicHeader(user, secret),
    secrets: [`${user}:${secret}`, secret].filter(text => text.length > 1),
  };
}
