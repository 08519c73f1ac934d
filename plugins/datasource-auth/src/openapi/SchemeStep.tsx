import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { Notice } from '../frame';
import { Text, useText } from '../translation';
import { flowName, ImportFlow } from './importFlows';
import { StepFrame } from './StepFrame';
import { OpenApiImporting } from './useOpenApiImport';

/** Information about a flow. */
function remarkOf(t: Text, { scheme, flow, unusable }: ImportFlow): string {
  if (unusable) return t(`openapi.scheme.unusable.${unusable}`);
  return [
    flow.insteadOfImplicit && t('openapi.scheme.insteadOfImplicit'),
    ...flow.missing.map(name => t('openapi.scheme.missing', { name })),
    scheme.description,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Lists all flows of all schemes, and why some can't be used. */
export const SchemeStep = ({ importing }: { importing: OpenApiImporting }) => {
  const { proposal, flows, chosen, choose, next, back } = importing;
  const t = useText();
  if (!proposal) return null;
  const { others, notes } = proposal;
  return (
    <StepFrame
      step="scheme"
      next={t('openapi.next')}
      reason={chosen ? undefined : t('openapi.scheme.none')}
      onNext={next}
      onBack={back}
    >
      <FormControl component="fieldset" fullWidth margin="normal">
        <FormLabel component="legend">{t('openapi.scheme.legend')}</FormLabel>
        <RadioGroup
          aria-label={t('openapi.scheme.legend')}
          value={chosen ? String(flows.indexOf(chosen)) : ''}
          onChange={event => choose(flows[Number(event.target.value)])}
        >
          {flows.map((each, index) => (
            <FormControlLabel
              key={`${each.scheme.name} ${each.flow.flow}`}
              value={String(index)}
              disabled={Boolean(each.unusable)}
              control={<Radio color="primary" />}
              label={
                <>
                  {t('openapi.scheme.flow', {
                    scheme: each.scheme.name,
                    flow: flowName(t, each),
                  })}
                  <Typography variant="body2" color="textSecondary">
                    {remarkOf(t, each)}
                  </Typography>
                </>
              }
            />
          ))}
        </RadioGroup>
      </FormControl>
      {others.length > 0 && (
        <Notice severity="info">
          {t('openapi.scheme.others', {
            names: others
              .map(({ name, type }) => `${name} (${type})`)
              .join(', '),
          })}
        </Notice>
      )}
      {notes.length > 0 && (
        <Notice severity="warning">
          {t('openapi.scheme.notes')}
          <ul>
            {notes.map(note => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Notice>
      )}
    </StepFrame>
  );
};
