import { Message } from 'backstage-plugin-datasource-auth-common';
import { Failure } from '../failures/failure';
import { FieldId } from '../kinds';
import { Asked, isSecret } from './asked';

/** What a failure can be about. */
type Suspect = 'secret' | 'client' | 'address';

/** What to check, by the code of the failure. A failure with another code is about none of the values. */
const OF_CODE: Record<string, Suspect[]> = {
  ...of(['secret', 'client'], 'invalid_client', 'invalid_grant'),
  ...of(['secret'], 'invalid_token'),
  ...of(['client'], 'unauthorized_client'),
  ...of(['address'], 'dns', 'connect', 'timeout', 'tls', 'blocked'),
  ...of(['address'], 'not_found', 'method_not_allowed', 'redirect'),
  ...of(['address'], 'wrong_endpoint', 'bad_response', 'content_type'),
  ...of(['address'], 'empty_response'),
};

const CLIENT: readonly FieldId[] = [
  'clientId',
  'username',
  'basicUsername',
  'assertionIssuer',
];

/** Messages that name an instance value. */
const ABOUT_VALUE: readonly string[] = [
  'sentence.instanceValueUnknown',
  'verification.callValueUnknown',
];

function of(kinds: Suspect[], ...codes: string[]) {
  return Object.fromEntries(codes.map(code => [code, kinds]));
}

function isAddress(asked: Asked): boolean {
  return asked.kind === 'setting'
    ? asked.field.kind === 'url'
    : !isSecret(asked);
}

function isClient(asked: Asked): boolean {
  return asked.kind === 'setting' && CLIENT.includes(asked.field.id);
}

const IS: Record<Suspect, (asked: Asked) => boolean> = {
  secret: isSecret,
  client: isClient,
  address: isAddress,
};

function textsOf({ texts }: Failure): Message[] {
  return texts ? [...texts.title, ...texts.cause, ...texts.remedy] : [];
}

/** Returns the value that a message names, if the user was asked for it. */
function namedIn(message: Message, asked: Asked[]): Asked | undefined {
  if (!ABOUT_VALUE.includes(message.code)) return undefined;
  return asked.find(
    each => each.kind === 'value' && each.name === message.values?.name,
  );
}

/** Returns the values that a failure is about, the likeliest first. */
function suspects(failure: Failure, asked: Asked[], kinds: Suspect[] = []) {
  const named = textsOf(failure).flatMap(text => namedIn(text, asked) ?? []);
  return named.length ? named : kinds.flatMap(kind => asked.filter(IS[kind]));
}

/** Returns the values to check after a failure. */
export function suspectsOf(failure: Failure, asked: Asked[]): Asked[] {
  return suspects(failure, asked, OF_CODE[failure.code ?? '']);
}

/**
 * Returns the values to check after a failed test call.
 *
 * @param isHeld - whether the call was made with the values themselves, not with a token that the provider issued for them
 */
export function suspectsOfCall(
  call: { failure: Failure; status?: number },
  asked: Asked[],
  isHeld: boolean,
): Asked[] {
  const { failure, status } = call;
  if (failure.code) return suspectsOf(failure, asked);
  if (status === undefined || status === 404)
    return suspects(failure, asked, ['address']);
  return isHeld && (status === 401 || status === 403)
    ? suspects(failure, asked, ['secret', 'client'])
    : [];
}

/** Returns a failure that calls the instance values by their labels. */
export function withLabels(failure: Failure, asked: Asked[]): Failure {
  const label = (message: Message): Message => {
    const named = namedIn(message, asked);
    return named
      ? { ...message, values: { ...message.values, name: named.label } }
      : message;
  };
  const { texts } = failure;
  return {
    ...failure,
    ...(texts && {
      texts: {
        title: texts.title.map(label),
        cause: texts.cause.map(label),
        remedy: texts.remedy.map(label),
      },
    }),
  };
}

/** Returns the values that can make the provider show an error instead of a sign-in page. */
export function suspectsAtProvider(asked: Asked[]): Asked[] {
  return asked.filter(each => isAddress(each) || isClient(each));
}
