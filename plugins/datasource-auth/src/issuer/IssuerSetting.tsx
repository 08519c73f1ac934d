import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useApi } from '@backstage/core-plugin-api';
import {
  DatasourceAuthError,
  IssuerProposal,
  replaceTemplates,
} from 'backstage-plugin-datasource-auth-common';
import {
  BackendText,
  datasourceAuthApiRef,
  useBackendText,
} from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { useEditorFacts } from '../fields/EditorContext';
import { TextSetting } from '../fields/TextSetting';
import { fieldElementId } from '../fields/useSetting';
import { ReasonButton, Running, useAnnounce } from '../frame';
import { FIELDS } from '../kinds';
import { ValueRow } from '../settings/fieldCodec';
import { EditorValues } from '../settings/settingsForm';
import { useText } from '../translation';
import type { IssuerChange } from './issuerChanges';

// Loaded when it opens, because most settings come from a preset.
const IssuerProposalDialog = lazy(() =>
  import('./IssuerProposalDialog').then(m => ({
    default: m.IssuerProposalDialog,
  })),
);

const { path: PATH } = FIELDS.issuer;

function faultOf(
  { diagnosis, message }: DatasourceAuthError,
  backend: BackendText,
): string {
  if (!diagnosis) return message;
  const { title, cause, remedy, texts } = diagnosis;
  return [
    `${backend(texts.title, title)}.`,
    backend(texts.cause, cause),
    backend(texts.remedy, remedy),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Returns the issuer with known instance values filled in. */
function addressOf(issuer: string, rows: ValueRow[]): string {
  return replaceTemplates(
    issuer,
    expression =>
      rows.find(row => `instance.${row.key}` === expression)?.value ||
      `{{${expression}}}`,
  );
}

/** The issuer field, with a button that fills in settings from its metadata. */
export const IssuerSetting = () => {
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const backend = useBackendText();
  const announce = useAnnounce();
  const form = useFormContext<EditorValues>();
  const issuer = (useWatch({ name: PATH }) as string).trim();
  const [reading, setReading] = useState(false);
  const [proposal, setProposal] = useState<IssuerProposal>();
  const [corrected, setCorrected] = useState<string>();
  const gone = useRef(false);
  const { onIssuerRead } = useEditorFacts();
  const readBefore = useRef(new Set<string>());
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const read = async () => {
    setReading(true);
    readBefore.current.add(issuer);
    setCorrected(undefined);
    try {
      const answer = await api.readIssuer(
        addressOf(issuer, form.getValues('instance') as ValueRow[]),
      );
      if (gone.current) return;
      form.clearErrors(PATH);
      onIssuerRead?.(answer);
      setProposal(answer);
    } catch (thrown) {
      if (gone.current) return;
      const error = thrown as DatasourceAuthError;
      form.setError(PATH, { type: 'issuer', message: faultOf(error, backend) });
      const fix = error.diagnosis?.fix?.set[PATH];
      // Two servers that name each other would send the user back and forth.
      if (typeof fix === 'string' && !readBefore.current.has(fix))
        setCorrected(fix);
      document.getElementById(fieldElementId('issuer'))?.focus();
    } finally {
      if (!gone.current) setReading(false);
    }
  };

  const take = (path: string, value: string | boolean) =>
    form.setValue(path, value, { shouldDirty: true, shouldValidate: true });

  const takeOver = (changes: IssuerChange[]) => {
    changes.forEach(({ field, value }) => take(field.path, value));
    setProposal(undefined);
    announce(t('issuer.taken', { count: changes.length }));
  };

  let reason: string | undefined;
  if (reading) reason = t('issuer.reading');
  else if (!issuer) reason = t('issuer.needed');

  return (
    <>
      <TextSetting id="issuer" />
      {corrected && corrected !== issuer && (
        <Button
          size="small"
          variant="outlined"
          onClick={() => {
            take(PATH, corrected);
            setCorrected(undefined);
          }}
        >
          {t('issuer.correct', { issuer: corrected })}
        </Button>
      )}
      <Box display="flex" alignItems="center" mb={1} style={{ gap: 12 }}>
        <ReasonButton
          size="small"
          variant="outlined"
          reason={reason}
          reasonHidden
          onClick={read}
        >
          {t('issuer.fill')}
        </ReasonButton>
        {reading && <Running text={t('issuer.reading')} />}
      </Box>
      {proposal && (
        <Suspense fallback={null}>
          <IssuerProposalDialog
            proposal={proposal}
            form={form.getValues()}
            onTakeOver={takeOver}
            onKeep={() => setProposal(undefined)}
          />
        </Suspense>
      )}
    </>
  );
};
