import { Failure } from '../failures/failure';
import { FieldId } from '../kinds';
import { Asked, isSecret } from './asked';

/** What a failure can be about. */
type Suspect = 'secret' | 'client' | 'address' | 'nothing';

/** What to check first, by the code of the failure. */
const OF_CODE: Record<string, Suspect> = {
  ...of('secret', 'invalid_client', 'invalid_grant', 'invalid_token'),
  ...of('client', 'unauthorized_client', 'invalid_request'),
  ...of('address', 'dns', 'connect', 'timeout', 'tls', 'blocked', 'not_found'),
  ...of('address', 'method_not_allowed', 'redirect', 'wrong_endpoint'),
  ...of('address', 'bad_response', 'content_type', 'empty_response'),
  ...of('nothing', 'access_denied', 'server_error', 'server', 'aborted'),
  ...of('nothing', 'temporarily_unavailable', 'rate_limited', 'invalid_scope'),
  ...of('nothing', 'callback_invalid', 'other_user', 'start_missed'),
};

/** What to check first, by the HTTP status of the test call. */
const OF_STATUS: Record<number, Suspect> = {
  401: 'secret',
  403: 'secret',
  404: 'address',
};

const CLIENT: readonly FieldId[] = [
  'clientId',
  'username',
  'basicUsername',
  'assertionIssuer',
];

function of(suspect: Suspect, ...codes: string[]) {
  return Object.fromEntries(codes.map(code => [code, suspect]));
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
  nothing: () => false,
};

/** Sorts by what is likeliest. An address can be wrong whatever the provider says about it. */
function byLikelihood(asked: Asked[], suspect: Suspect): Asked[] {
  const order: Record<Suspect, Suspect[]> = {
    secret: ['secret', 'client', 'address'],
    client: ['address', 'client', 'secret'],
    address: ['address', 'client'],
    nothing: [],
  };
  return order[suspect].flatMap(each => asked.filter(IS[each]));
}

/** Returns the values to check after a failure, the likeliest first. */
export function suspectsOf(failure: Failure, asked: Asked[]): Asked[] {
  return byLikelihood(asked, OF_CODE[failure.code ?? ''] ?? 'client');
}

/** Returns the values to check after a failed test call. */
export function suspectsOfCall(
  status: number | undefined,
  asked: Asked[],
): Asked[] {
  return byLikelihood(asked, (status && OF_STATUS[status]) || 'address');
}

/** Returns the values that can make the provider show an error instead of a sign-in page. */
export function suspectsAtProvider(asked: Asked[]): Asked[] {
  return asked.filter(each => isAddress(each) || isClient(each));
}
