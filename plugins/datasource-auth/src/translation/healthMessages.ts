/** Texts of the setup checks. */
export const healthMessages = {
  title: 'Setup health',
  subtitle: 'Checks whether this installation is set up correctly.',
  loading: 'Checking the setup…',
  again: 'Check again',
  toDo: 'To do',
  state: {
    ok: 'OK',
    advice: 'Could be improved',
    problem: 'Needs attention',
    unknown: 'Not checked',
  },
  okText: 'Nothing to do. Open a line to see what was checked.',
  well: 'All checks passed.',
  open_one: '{{count}} check needs attention.',
  open_other: '{{count}} checks need attention.',
  unknownCount_one: "{{count}} check couldn't be made.",
  unknownCount_other: "{{count}} checks couldn't be made.",
  passwordOn: 'The password grant is enabled',
  passwordOff: 'The password grant is disabled',
  passwordText: 'Change it with datasourceAuth.passwordGrant.enabled.',
  callbackText:
    'Providers send the browser back to this URI. Register exactly this URI at each provider.',
  slash: 'It ends with a slash. Include the slash.',
  noSlash: 'It ends without a slash.',
  check: 'Check from this browser',
  reached: 'This browser can reach the redirect URI.',
  unreachable:
    "This browser can't reach the redirect URI. Compare backend.baseUrl and datasourceAuth.callbackUrl with the URL that you use for Backstage.",
} as const;
