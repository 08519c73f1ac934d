import { useApiHolder } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { OpenApiImport } from 'backstage-plugin-datasource-auth-common';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import { Progress } from '@backstage/core-components';
import { failureOfError } from '../failures/failure';
import { FailureView } from '../failures/FailureView';
import { useElementId } from '../frame';
import { useText } from '../translation';
import { ApiEntitySearch } from './ApiEntitySearch';
import { DocumentUpload } from './DocumentUpload';
import { StepFrame } from './StepFrame';

const KINDS = ['entity', 'paste', 'upload', 'url'] as const;

type Kind = (typeof KINDS)[number];

/** The input for each kind of source. */
export type GivenSources = Record<Kind, string> & { kind?: Kind };

/** Empty input. */
export const NO_SOURCES: GivenSources = {
  entity: '',
  paste: '',
  upload: '',
  url: '',
};

/** Props of {@link SourceStep}. */
export interface SourceStepProps {
  reading: boolean;
  fault?: Error;
  given: GivenSources;
  onGive: (given: GivenSources) => void;
  onRead: (request: OpenApiImport) => void;
}

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host || undefined : undefined;
}

/** Selects the API description to import. */
export const SourceStep = (props: SourceStepProps) => {
  const { reading, fault, given, onGive, onRead } = props;
  const t = useText();
  const id = useElementId();
  const catalog = useApiHolder().get(catalogApiRef);
  const kinds = KINDS.filter(kind => kind !== 'entity' || catalog);
  const { kind = kinds[0] } = given;
  const value = given[kind].trim();
  const give = (text: string) => onGive({ ...given, [kind]: text });
  const host = hostOf(given.url.trim());

  const read = () => {
    if (kind === 'entity') onRead({ entityRef: value });
    else if (kind === 'url') onRead({ url: value });
    else onRead({ document: given[kind] });
  };
  let reason: string | undefined;
  if (reading) reason = t('openapi.reading');
  else if (!value) reason = t(`openapi.source.missing.${kind}`);

  return (
    <StepFrame
      step="source"
      next={t('openapi.next')}
      reason={reason}
      onNext={read}
    >
      {fault && <FailureView failure={failureOfError(fault)} alert />}
      <FormControl component="fieldset" fullWidth>
        <FormLabel component="legend">{t('openapi.source.legend')}</FormLabel>
        <FormHelperText>{t('openapi.source.formats')}</FormHelperText>
        <RadioGroup
          row
          aria-label={t('openapi.source.legend')}
          value={kind}
          onChange={event =>
            onGive({ ...given, kind: event.target.value as Kind })
          }
        >
          {kinds.map(each => (
            <FormControlLabel
              key={each}
              value={each}
              label={t(`openapi.source.${each}`)}
              control={<Radio color="primary" />}
            />
          ))}
        </RadioGroup>
      </FormControl>
      {kind === 'entity' && catalog && (
        <ApiEntitySearch
          catalog={catalog}
          value={given.entity}
          onChange={give}
        />
      )}
      {kind === 'paste' && (
        <TextField
          id={`${id}-document`}
          label={t('openapi.source.document')}
          multiline
          minRows={8}
          maxRows={20}
          fullWidth
          margin="normal"
          variant="outlined"
          inputProps={{ spellCheck: false, style: { fontFamily: 'monospace' } }}
          value={given.paste}
          onChange={event => give(event.target.value)}
        />
      )}
      {kind === 'upload' && <DocumentUpload onRead={give} />}
      {kind === 'url' && (
        <TextField
          id={`${id}-url`}
          label={t('openapi.source.address')}
          type="url"
          fullWidth
          margin="normal"
          variant="outlined"
          helperText={
            host
              ? t('openapi.source.host', { host })
              : t('openapi.source.addressHelp')
          }
          value={given.url}
          onChange={event => give(event.target.value)}
        />
      )}
      {reading && <Progress aria-label={t('openapi.reading')} />}
    </StepFrame>
  );
};
