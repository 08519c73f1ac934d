/** Texts of filling in settings from an issuer. */
export const issuerMessages = {
  fill: 'Fill from issuer',
  needed: 'Enter the issuer first.',
  reading: 'Reading the metadata of the issuer…',
  correct: 'Use {{issuer}}',
  title: 'Use the settings from the issuer?',
  text: '{{issuer}} publishes these settings. Review them before you use them. Nothing is saved until you save the datasource.',
  nothing: 'Your settings already match the metadata of {{issuer}}.',
  table: 'Proposed settings',
  setting: 'Setting',
  current: 'Current',
  proposed: 'Proposed',
  empty: 'empty',
  otherHost: 'Different host than the issuer',
  otherHosts:
    "Some URLs are on hosts other than the issuer's: {{hosts}}. Use them only if they belong to the provider.",
  refused:
    "Left out because this Backstage isn't allowed to call them: {{endpoints}}.",
  otherGrants:
    "The issuer doesn't list the selected grant ({{grant}}). It offers: {{offered}}.",
  senderConstraints:
    'The issuer can bind tokens to a key. For {{setting}}, you can choose: {{options}}',
  scopes: 'Scopes that the issuer offers: {{scopes}}',
  keep: 'Keep mine',
  takeOver: 'Use these settings',
  taken_one: '{{count}} setting filled in. Save to apply it.',
  taken_other: '{{count}} settings filled in. Save to apply them.',
} as const;
