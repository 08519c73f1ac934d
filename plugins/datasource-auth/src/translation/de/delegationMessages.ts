import { Translated } from 'backstage-plugin-datasource-auth-react';
import { delegationMessages as english } from '../delegationMessages';

/** Texts for people whom a plugin asks to act as them while they aren't there, in German. */
export const delegationMessages: Translated<typeof english> = {
  heading: 'Ein Plugin in Ihrem Namen handeln lassen',
  loading: 'Die Anfrage wird geladen…',
  question:
    '{{plugin}} möchte bei {{title}} in Ihrem Namen handeln, während Sie abwesend sind. In seinen eigenen Worten:',
  plugin: 'Plugin-ID',
  hosts: 'API-Host',
  scopes: 'Berechtigungen (Scopes)',
  context: 'Nur für',
  until: 'Endet',
  approve: 'Erlauben',
  decline: 'Ablehnen',
  takeBack: 'Zurücknehmen',
  takeBackOf: 'Zurücknehmen: {{purpose}}',
  review: 'Anfrage prüfen',
  end: 'Sie können es jederzeit unter „Meine Verbindungen“ zurücknehmen.',
  changed:
    'Die Anfrage wurde geändert. Lesen Sie sie erneut, bevor Sie entscheiden.',
  live: '{{plugin}} kann bei {{title}} in Ihrem Namen handeln.',
  ended:
    '{{plugin}} kann mit dieser Anfrage nicht mehr in Ihrem Namen handeln.',
  list: 'Während Sie abwesend sind',
  of: '{{plugin}}, bis {{until}}',
  used: 'verwendet {{time}}',
  tookBack:
    '{{plugin}} kann nicht mehr in Ihrem Namen handeln, während Sie abwesend sind.',
};
