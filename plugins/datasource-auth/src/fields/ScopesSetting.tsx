import { useFormContext, useWatch } from 'react-hook-form';
import {
  filledScopes,
  GrantType,
  isApprovedByPerson,
} from 'backstage-plugin-datasource-auth-common';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { FIELDS } from '../kinds';
import { ValueRow } from '../settings/fieldCodec';
import { useText } from '../translation';
import { useEditorFacts } from './EditorContext';
import { ScopePicker } from './ScopePicker';
import { TextSetting } from './TextSetting';
import { useOfferedScopes } from './useOfferedScopes';

/** Scopes as text and as chips to tick, with hints about common mistakes. */
export const ScopesSetting = () => {
  const t = useText();
  const offered = useOfferedScopes();
  const { setValue } = useFormContext();
  const [text, issuer, grantType] = useWatch({
    name: [FIELDS.scopes.path, FIELDS.issuer.path, FIELDS.grantType.path],
  }) as string[];
  const params = useWatch({ name: FIELDS.authorizeParams.path }) as ValueRow[];
  const scopes = [...new Set(text.split(/\s+/).filter(Boolean))];
  const change = (next: string[]) =>
    setValue(FIELDS.scopes.path, next.join(' '), {
      shouldDirty: true,
      shouldValidate: true,
    });
  const rows = useWatch({ name: FIELDS.instance.path }) as ValueRow[];
  const plain = rows.filter(row => !row.secret);
  const sent = filledScopes({
    scopes,
    instance: Object.fromEntries(plain.map(({ key, value }) => [key, value])),
  });
  const openId = sent.includes('openid') || Boolean(issuer);
  const { issuerScopes } = useEditorFacts();
  const listed =
    issuerScopes?.issuer === issuer.trim() && issuerScopes.scopes.length > 0
      ? issuerScopes.scopes
      : undefined;
  // Some providers use a parameter instead (Google), and their metadata lists no such scope.
  const otherWay = params.some(({ value }) => value === 'offline');
  const lacksOffline =
    isApprovedByPerson(grantType as GrantType) &&
    openId &&
    !sent.includes('offline_access') &&
    !otherWay &&
    (!listed || listed.includes('offline_access'));

  return (
    <>
      <TextSetting id="scopes" />
      <ScopePicker
        label={t('editor.scopeChips')}
        offered={offered}
        value={scopes}
        onChange={change}
      />
      {text.includes(',') && (
        <Button
          size="small"
          variant="outlined"
          style={{ marginTop: 8 }}
          onClick={() => change(text.split(/[\s,]+/).filter(Boolean))}
        >
          {t('editor.fixCommas')}
        </Button>
      )}
      {lacksOffline && (
        <Box mt={1}>
          <Typography variant="body2">
            {t('editor.offlineAccessHint')}
          </Typography>
          <Button
            size="small"
            variant="outlined"
            onClick={() => change([...scopes, 'offline_access'])}
          >
            {t('editor.addOfflineAccess')}
          </Button>
        </Box>
      )}
    </>
  );
};
