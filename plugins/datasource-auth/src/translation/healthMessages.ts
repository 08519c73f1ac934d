/** Texts of the setup checks. */
export const healthMessages = {
  title: 'Setup health',
  subtitle: 'Whether this installation is set up well.',
  loading: 'Checking the setup…',
  again: 'Check again',
  checks: 'Setup checks',
  state: {
    ok: 'In order',
    advice: 'Could be better',
    problem: 'Needs attention',
    unknown: 'Not checked',
  },
  well: 'Everything is in order.',
  open_one: '{{count}} check needs attention.',
  open_other: '{{count}} checks need attention.',
  unknownCount_one: "{{count}} check couldn't be made.",
  unknownCount_other: "{{count}} checks couldn't be made.",
  passwordOn: 'The password grant is offered',
  passwordOff: 'The password grant is switched off',
  passwordText: 'datasourceAuth.passwordGrant.enabled decides.',
  callbackText:
    'Where providers send the browser back. Register exactly this at a provider.',
  slash: 'It ends with a slash, which belongs to it.',
  noSlash: 'It ends without a slash.',
  check: 'Check that this browser reaches it',
  reached: 'This browser reaches the redirect URI.',
  unreachable:
    'This browser does not reach the redirect URI. Compare backend.baseUrl and datasourceAuth.callbackUrl with the address under which you use Backstage.',
} as const;
