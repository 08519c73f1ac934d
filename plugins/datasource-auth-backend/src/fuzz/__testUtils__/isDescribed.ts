import { API_OPERATIONS } from '../../http/apiOperations';

/** Returns whether the API description lists this error. Unknown routes have no description. */
export function isDescribed(
  request: { method: string; path: string[] },
  refusal: { status: number; code: string },
): boolean {
  const called = Object.entries(API_OPERATIONS).find(([key]) => {
    const [method, path] = key.split(' ');
    const places = path.slice(1).split('/');
    const isRest = places.at(-1) === '{path}';
    return (
      method === request.method &&
      (isRest
        ? request.path.length >= places.length
        : request.path.length === places.length) &&
      places.every(
        (place, index) =>
          place.startsWith('{') || place === request.path[index],
      )
    );
  });
  if (!called) return true;
  const [, { errors = {} }] = called;
  return (errors[refusal.status] ?? []).some(code => code === refusal.code);
}
