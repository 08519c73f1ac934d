/** Texts of what is filled in from an issuer. */
export const issuerMessages = {
  fill: 'Fill from issuer',
  needed: 'Enter the issuer first.',
  reading: 'Reading what the issuer says about itself…',
  correct: 'Enter it as {{issuer}}',
  title: 'Fill from the issuer?',
  text: '{{issuer}} says this about itself. Nothing is filled in before you take it over, and nothing is saved by it.',
  nothing: 'The settings already say what {{issuer}} says about itself.',
  table: 'What the issuer proposes',
  setting: 'Setting',
  current: 'Now',
  proposed: 'Proposed',
  empty: 'empty',
  otherHost: 'Not the host of the issuer',
  otherHosts:
    'Some addresses are on hosts that are not the host of the issuer: {{hosts}}. Take them over only if they belong to the provider.',
  refused:
    'Left out, because this Backstage may not call the address: {{endpoints}}.',
  otherGrants:
    'The issuer does not name the grant of these settings ({{grant}}). It offers: {{offered}}.',
  scopes: 'Scopes that the issuer offers: {{scopes}}',
  keep: 'Keep mine',
  takeOver: 'Take over',
  taken_one: '{{count}} setting taken over. Save to make it effective.',
  taken_other: '{{count}} settings taken over. Save to make them effective.',
} as const;
